"""One order as a card: who ordered what, what was paid, what is due when, and what can be done with its paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.order import Purpose
from omsdesk.domain.order_dispute import dispute
from omsdesk.store.queries.orders import Known
from omsdesk.ui.amounts import money_text
from omsdesk.ui.days import day_text
from omsdesk.ui.order_words import NAMES, TONES, lines, payments, state_of
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.fact_rows import FactRows
from omsdesk.ui.widgets.flicking import scrolling
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row


class OrderCard(Card):
    """One order: who ordered, what, what was paid, and what is due when."""

    def __init__(self, locale: Callable[[], str], day: Callable[[], str]) -> None:
        """Show nothing yet; ``locale`` tells how people here write, ``day`` gives today."""
        super().__init__()
        self._locale, self._day = locale, day
        self.number, self.status = Label("", 22, 600), Label("", 16, 600)
        self.who, self.until = Label("", 16, 400, Tone.NEUTRAL), Label("", 16, 400, Tone.NEUTRAL)
        self.total = Label("", 22, 600)
        self.lines, self.money = FactRows("Goods", ""), FactRows("Payments", "Nothing was paid yet.")
        inside = QWidget()
        parts = (self.status, self.who, self.until, self.lines, self.money)
        for label in (self.status, self.who, self.until):
            label.setWordWrap(True)
        inside.setLayout(column(*parts, 1, spacing=10))
        scroll = scrolling(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.goods = KeyButton("Change goods", "pencil", height=48)
        self.give_up = KeyButton("Give up", "x", height=48)
        self.slip = KeyButton("Pick slip", "clipboard-list", height=48)
        self.slip.hide()
        self.paper = KeyButton("Print", "printer", height=48)
        self.pdf = KeyButton("PDF", "download", height=48)
        keys = row(self.goods, self.give_up, self.slip, self.paper, self.pdf)
        for at in range(keys.count()):
            keys.setStretch(at, 1)
        head = row(self.number, 1, self.total)
        made = column(head, scroll, keys, spacing=8, margins=(20, 16, 16, 12))
        made.setStretch(1, 1)
        self.setLayout(made)

    def show_order(self, known: Known | None) -> None:
        """Show an order, or nothing."""
        if known is None:
            return
        order, day, locale = known.order, self._day(), self._locale()
        status = known.status(day)
        self.number.setText(order.number)
        self.total.setText(money_text(order.total, locale))
        self.status.setText(f"{NAMES[order.purpose]} · {state_of(known, day, locale)}")
        is_asked_for = bool(known.late(day)) or dispute(order) is not None
        is_asked_for = is_asked_for or (order.is_over(day) and not known.is_to_settle)
        self.status.set_tone(Tone.WARN if is_asked_for else TONES.get(status, Tone.NEUTRAL))
        party = order.party
        self.who.setText("\n".join(filter(None, (party.name, party.phone, party.email, ", ".join(party.address)))))
        until = day_text(order.terms.until, locale) if order.has_open_rows else ""
        is_quoted = order.purpose is Purpose.QUOTATION
        self.until.setText(f"{'Prices hold' if is_quoted else 'Kept'} until {until}." if until else "")
        self.until.setVisible(bool(until))
        self.who.setVisible(bool(self.who.text()))
        self.lines.show_facts(lines(known, locale))
        self.money.show_facts([] if is_quoted else payments(known, day, locale))
        self.money.setVisible(not is_quoted)
