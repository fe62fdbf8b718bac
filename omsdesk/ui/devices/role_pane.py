"""One role: what plays it, how that is and what to do, trying it, what it did, and the details for a technician."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.devices.driver import Category
from omsdesk.ui.devices.day_rows import day_rows
from omsdesk.ui.devices.session import DevicesSession, Player
from omsdesk.ui.devices.trial_card import TrialCard
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.fact_rows import Fact, FactRows
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row

_WIDEST = 900
_FAULTS = 8
_ICONS = {Tone.OK: "circle-check", Tone.WARN: "triangle-alert", Tone.BAD: "circle-alert"}


class RolePane(QWidget):
    """Shows the role that is looked at."""

    def __init__(self, session: DevicesSession, trial: TrialCard, learn: KeyButton) -> None:
        """Lay the cards out; ``learn`` sets a scanner up by scanning."""
        super().__init__()
        self.session, self.trial, self.learn = session, trial, learn
        self.head = FieldCard("")
        self.title, self.chip = Label("", 22, 600), Chip("", "info")
        self.name, self.sentence = Label("", 16, 500), Label("", 16)
        self.sentence.setWordWrap(True)
        self.choose = KeyButton("Choose…", "search", "Enter")
        self.set_up = KeyButton("Set up…", "settings")
        self.take_away = KeyButton("Take away", "unplug", face=Face.DANGER)
        self.take_away.clicked.connect(session.take_away)
        self.head.column.addLayout(row(self.title, 1, self.chip))
        self.head.column.addWidget(self.name)
        self.head.column.addWidget(self.sentence)
        self.head.column.addLayout(row(self.choose, learn, self.set_up, self.take_away, 1))
        self.done = FieldCard("What it did")
        self.figures = Label("", 16)
        self.figures.setWordWrap(True)
        self.days = FactRows("Day by day", "")
        self.faults = FactRows("What went wrong", "Nothing went wrong so far.")
        self.done.column.addWidget(self.figures)
        self.done.column.addWidget(self.days)
        self.done.column.addWidget(self.faults)
        self.details = KeyButton("Details", "chevron-down", face=Face.QUIET, height=40)
        self.details.setCheckable(True)
        self.details.clicked.connect(self.follow)
        self.technical = FieldCard("")
        self.facts = Label("", 14, 400, Tone.NEUTRAL)
        self.facts.setWordWrap(True)
        self.technical.column.addWidget(self.facts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        more = QWidget()
        more.setLayout(row(self.details, 1))
        layout.addWidget(CardColumn([[self.head], [trial], [self.done], [more], [self.technical]], _WIDEST))

    def follow(self) -> None:
        """Show what the session has now."""
        session, player = self.session, self.session.player
        standing, is_there = player.standing, player.setting is not None
        self.title.setText(player.role.title)
        self.chip.set_state(standing.word, _ICONS.get(standing.tone, "info"), standing.tone)
        self.name.setText(f"{player.name} · {player.place}" if is_there else player.role.purpose)
        self.sentence.setText(standing.sentence)
        self.sentence.set_tone(standing.tone if standing.tone in {Tone.WARN, Tone.BAD} else Tone.NEUTRAL)
        self.choose.setVisible(session.may_change)
        self.choose.set_label("Choose another…" if is_there else "Choose…")
        is_set = player.role.key in session.settings.device
        self.set_up.setVisible(session.may_change and is_there and player.card is not None)
        self.take_away.setVisible(session.may_change and is_set)
        has_sheet = session.office.scanning is not None and player.category is Category.SCANNER
        self.learn.setVisible(has_sheet and session.may_change)
        is_scanner = not is_there and player.category is Category.SCANNER
        self.trial.setVisible(is_there or is_scanner)
        self.done.setVisible(is_there)
        self._show_history(player)
        self.details.setVisible(is_there)
        self.technical.setVisible(is_there and self.details.isChecked())
        self.facts.setText("\n".join(_technical(player)))

    def _show_history(self, player: Player) -> None:
        account, counts = self.session.office.devices.chronicle.account(player.role.key), self.session.counts
        figures = []
        if counts.printed or counts.unknown or counts.cancelled or counts.waiting:
            figures.append(f"Printed so far: {counts.printed}.")
            if counts.unknown:
                figures.append(f"Not known whether they came out: {counts.unknown}.")
            if counts.cancelled:
                figures.append(f"Given up: {counts.cancelled}.")
            if counts.waiting:
                figures.append(f"Waiting: {counts.waiting}.")
        if account.scans:
            figures.append(f"Codes read: {account.scans}.")
        if account.losses:
            figures.append(f"In trouble: {_times(account.losses)}; back by itself: {_times(account.reconnects)}.")
        self.figures.setText(" ".join(figures))
        self.figures.setVisible(bool(figures))
        office = self.session.office
        rows = day_rows(account, counts, office.clock.now().day, office.locale)
        self.days.show_facts(rows)
        self.days.setVisible(bool(rows))
        self.faults.show_facts(
            [
                Fact("circle-alert", _what_happened(fault.sentence), moment(fault.at_ms), tone=Tone.NEUTRAL)
                for fault in account.faults[:_FAULTS]
            ]
        )


def moment(at_ms: int) -> str:
    """Write a moment as this computer's clock shows it."""
    return f"{datetime.fromtimestamp(at_ms / 1000).astimezone():%Y-%m-%d %H:%M}"


def _what_happened(sentence: str) -> str:
    """Leave out what was to be done about it: that is long past."""
    what, end, _ = sentence.partition(". ")
    return what + end.strip()


def _times(count: int) -> str:
    return "not yet" if not count else "once" if count == 1 else f"{count} times"


def _technical(player: Player) -> list[str]:
    setting = player.setting
    if setting is None:
        return []
    lines = [
        f"Address: {setting.address}",
        f"Driver: {setting.driver}" + (f" ({player.card.title})" if player.card else ""),
    ]
    lines += [f"{name}: {value}" for name, value in setting.options.items() if name != "title"]
    if player.left_open:
        lines += ["", "What this driver has not shown yet:"]
        lines += [f"· {rule}: {reason}" for rule, reason in player.left_open.items()]
    return lines
