"""Whether the customer is old enough: the birth date is typed once per ticket, compared, and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from omsdesk.documents.formats import format_day
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.goods.birth_date import latest_birth, pattern_of, read_date
from omsdesk.ui.till.goods.incoming import AgeWanted
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AgeSheet(Body):
    """Asks for the birth date, or whether somebody is clearly old enough."""

    title = "How old is the customer?"
    width_limit = FORM_WIDTH
    help_page = "age"

    def __init__(self, state: TillState, demand: AgeWanted) -> None:
        """Say what the age is wanted for."""
        super().__init__()
        self.state, self.demand = state, demand
        counter, article = state.counter, demand.coming.oldest
        self.age = article.traits.age
        last = format_day(latest_birth(self.age, self._today).isoformat(), counter.shop.locale)
        said = f"“{article.name}” is sold from {self.age} years on. The date is not kept."
        self.sentence = Label(said, 16, 400, Tone.NEUTRAL)
        self.sentence.setWordWrap(True)
        self.limit = Label(f"Born on {last} or earlier", 22, 600)
        self.field = TextField(64)
        self.field.setAccessibleName("Birth date")
        self.field.setPlaceholderText(pattern_of(counter.shop.locale))
        self.field.setMaxLength(10)
        self.field.setFont(theme.current().font(28, 600))
        self.field.returnPressed.connect(self.confirm)
        self.field.textChanged.connect(lambda _: self._say(""))
        self.error = Label("", 16, 600, Tone.BAD)
        self.error.setWordWrap(True)
        self.error.hide()
        self.pad = NumberPad(has_decimal=False)
        self.pad.keyed.connect(self.field.press)
        self.pad.give_way()
        self.save = PrimaryButton("Check the age", "check", "Enter")
        self.save.clicked.connect(self.confirm)
        parts = [self.sentence, self.limit, self.field, self.error, *self._clearly(), self.pad]
        made = column(*parts, 1, spacing=12)
        made.setStretch(len(parts) - 1, 100)
        self.setLayout(made)

    def _clearly(self) -> list[QWidget]:
        over = self.state.counter.shop.goods.clearly_over
        self.clearly: KeyButton | None = None
        if not over or over < self.age:
            return []
        self.clearly = KeyButton(f"Clearly over {over}", "check", "F12", height=56)
        self.clearly.clicked.connect(self.confirm_clearly)
        return [self.clearly]

    @property
    def _today(self) -> date:
        return date.fromisoformat(self.state.counter.day)

    def buttons(self) -> Sequence[QWidget]:
        """In sight however large the letters are."""
        return (self.save,)

    def typing_place(self) -> QWidget:
        """Type the date."""
        return self.field

    def begin(self) -> None:
        """Wait for the date."""
        self.field.setFocus()

    def _say(self, error: str) -> None:
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def confirm_clearly(self) -> None:
        """Take it that the customer is old enough to need no date."""
        self.state.session.age.is_at_least(self.state.counter.shop.goods.clearly_over)
        self.state.session.intake.answer(self.demand.coming)

    def confirm(self) -> None:
        """Compare what was typed; F12 without a date says that it is clear, where the shop lets it be."""
        if not self.field.text().strip() and self.clearly is not None:
            self.confirm_clearly()
            return
        birth = read_date(self.field.text(), self.state.counter.shop.locale, self._today)
        if birth is None:
            self._say(f"Type the birth date as {pattern_of(self.state.counter.shop.locale)}.")
            return
        session = self.state.session
        session.age.is_from(birth)
        if session.is_old_enough(self.age):
            session.intake.answer(self.demand.coming)
            return
        session.intake.give_up(self.demand)
        coming = self.demand.coming
        became = "and was left out" if coming.deliver is None else "and nothing is handed over"
        self.state.counter.say(
            NoticeTone.BAD, f"Too young for “{coming.article.name}”: it is sold from {self.age} on, {became}."
        )

    def left(self) -> None:
        """Leave the article out where no age was said."""
        self.state.session.intake.give_up(self.demand)
