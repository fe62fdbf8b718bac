"""The promotions page: the list at the left, the form of the one that is open beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from omsdesk.actions.execute import Changes
from omsdesk.domain.promotion import Promotion
from omsdesk.domain.promotion_hints import explain
from omsdesk.ui.days import day_text
from omsdesk.ui.navigation import Intent, Screen, Unsaved
from omsdesk.ui.offer_label import label_words
from omsdesk.ui.office import Office
from omsdesk.ui.promotions.codes_card import CodesCard
from omsdesk.ui.promotions.form import PromotionForm
from omsdesk.ui.promotions.session import NO_RIGHT, PromotionsSession, Stage, stage_of
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.pill_bar import PillBar
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList

_LIST = 300
_ICONS = {Stage.RUNNING: "badge-percent", Stage.COMING: "clock", Stage.OVER: "history", Stage.OFF: "pause"}
_PILLS = (("", "All"), (Stage.RUNNING, "Now"), (Stage.COMING, "Soon"), (Stage.OVER, "Over"))


class PromotionsScreen(Screen):
    """Shows and changes promotions."""

    help_page = "promotions"

    def __init__(self, office: Office) -> None:
        """Show the list."""
        super().__init__()
        self.office, self.session = office, PromotionsSession(office)
        self.codes = CodesCard(self.session)
        self.form = PromotionForm(self.session, self.codes)
        self.list = ResultList("Offers")
        self.list.setFixedWidth(_LIST)
        self.pills = PillBar("Which offers")
        self.pills.set_pills(_PILLS)
        self.empty = EmptyState("badge-percent", "No offers yet. Ctrl+N makes the first one.")
        self.add = KeyButton("New offer", "plus", "Ctrl N")
        self.discard = KeyButton("Discard", "undo-2")
        self.save = PrimaryButton("Save", "check", "Ctrl S")
        self.save.HEIGHT = 48
        self.head = PageHead("Offers", [self.add, self.discard, self.save])
        self.banner = PassingBanner()
        self._lay_out()
        self.list.chosen.connect(lambda id: self.session.choose(str(id)))
        self.pills.chosen.connect(lambda key: self.session.filter(Stage(key) if key else None))
        self.add.clicked.connect(self.begin)
        self.discard.clicked.connect(self.session.discard)
        self.save.clicked.connect(self.press_save)
        self.banner.gone.connect(self._was_read)
        self.session.listeners.append(self.follow)
        office.feed.changed.connect(self._changed)
        self.follow()

    def _lay_out(self) -> None:
        left = QWidget()
        sides = QVBoxLayout(left)
        sides.setContentsMargins(MARGIN, 0, 0, MARGIN)
        sides.addWidget(self.pills)
        sides.addWidget(self.list, 1)
        left.setFixedWidth(_LIST + MARGIN)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(left)
        body.addWidget(self.form, 1)
        body.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addLayout(body, 1)

    # ------------------------------------------------------------------------------ what can be done

    def arrived(self) -> None:
        """Show what there is now."""
        self.list.setFocus()
        self.session.refresh()

    def begin(self) -> None:
        """Open an empty form."""
        if self.session.may_edit:
            self.session.begin()
            self.form.begin()

    def press_save(self) -> None:
        """Save; go to the first field that is not right."""
        self.session.save()
        wrong = self.form.first_wrong()
        if wrong is not None:
            wrong.setFocus()
            self.form.ensureWidgetVisible(wrong)

    def unsaved(self) -> Sequence[Unsaved]:
        """Tell what was typed here and is not saved."""
        session = self.session
        return [
            Unsaved(name or "A new offer", partial(session.choose, id), self.press_save, lambda: session.is_saving)
            for id, name in session.unsaved
        ]

    def intents(self) -> Sequence[Intent]:
        """What can be done with promotions."""
        return (
            Intent("promotions.new", "New offer", "plus", self.begin, "Ctrl+N", lambda: self.session.may_edit),
            Intent("promotions.save", "Save the offer", "check", self.press_save, "Ctrl+S", self._has_changes),
            Intent("promotions.down", "Next offer", "chevron-down", partial(self._step, 1), "Ctrl+Down"),
            Intent("promotions.up", "Offer before", "chevron-up", partial(self._step, -1), "Ctrl+Up"),
        )

    def _has_changes(self) -> bool:
        return self.session.has_changes

    def _step(self, count: int) -> None:
        ids = [row.id for row in self.session.listed]
        if ids:
            at = ids.index(self.session.chosen) + count if self.session.chosen in ids else 0
            self.session.choose(ids[max(0, min(at, len(ids) - 1))])

    # ------------------------------------------------------------------------------ what is shown

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        self._show_list()
        is_open = bool(session.chosen)
        self.form.setVisible(is_open)
        self.empty.setVisible(not is_open)
        if is_open:
            self.form.show_values()
            self.codes.show_values()
        self.add.setVisible(session.may_edit)
        self.save.setVisible(session.may_edit and is_open)
        self.save.setEnabled(session.has_changes)
        self.save.set_busy(session.is_saving)
        self.discard.setVisible(session.may_edit and session.has_changes)
        self._say()

    def _show_list(self) -> None:
        session, day = self.session, self.office.clock.now().day
        results = [self._result(row, stage_of(row, day)) for row in session.listed]
        shown = [self.list.name_of(row) for row in range(self.list.count())]
        if shown != [f"{row.title}, {row.detail}" for row in results]:
            self.list.show_results(results)
        at = next((at for at, row in enumerate(session.listed) if row.id == session.chosen), -1)
        self.list.setCurrentIndex(self.list.rows.index(at))
        self.list.viewport().update()

    def _result(self, row: Promotion, stage: Stage) -> Result:
        locale = self.office.locale
        label = label_words(explain(row), locale) if row.is_sound else ""
        days = f"until {day_text(row.valid_to, locale)}" if row.valid_to and stage is Stage.RUNNING else ""
        days = f"from {day_text(row.valid_from, locale)}" if stage is Stage.COMING else days
        return Result(row.id, _ICONS[stage], row.name, " · ".join(filter(None, (stage.capitalize(), label, days))))

    def _say(self) -> None:
        session = self.session
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        elif not session.may_edit:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        elif session.saved:
            self.banner.say(f"{session.saved}.", Tone.OK, "circle-check")
        else:
            self.banner.hide()

    def _was_read(self) -> None:
        self.session.refusal = self.session.saved = ""

    def _changed(self, changes: Changes) -> None:
        if changes.touch("promotion", "coupon", "shop") and self.isVisible():
            self.session.refresh()
