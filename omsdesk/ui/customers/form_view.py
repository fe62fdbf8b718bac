"""A customer in the back office: how they are reached, what they are given, what they bought and owe."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from omsdesk.documents.formats import format_moment
from omsdesk.domain.account import AccountKind
from omsdesk.domain.values import Money, Stamp
from omsdesk.ui.amounts import count_text, money_text
from omsdesk.ui.customers.session import CustomersSession
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.fact_rows import Fact, FactRows
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.layouts import row

if TYPE_CHECKING:
    from collections.abc import Callable

    from omsdesk.domain.account import Account
    from omsdesk.ui.customers.session import History

_MOST_RECEIPTS = 12
_OWN_LIST = "No list of their own"


class CustomerForm(CardColumn):
    """Shows whoever the session shows. ``statement_wanted`` asks for the PDF, ``mail_wanted`` for an e-mail.

    ``forget_wanted`` asks for the question whether to.
    """

    statement_wanted = Signal()
    mail_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, session: CustomersSession) -> None:
        """Lay the cards out."""
        self.session = session
        self.contact, self.terms = _contact(), _terms()
        self.groups = _Groups(partial(session.set, "groups"))
        self.terms.column.insertWidget(1, self.groups)
        self.accounts = FactRows("With the shop", "Nothing owed, no credit, no points.")
        self.receipts = FactRows("Receipts", "Nothing was bought yet.")
        self.statement = KeyButton("Statement as PDF", "file-text")
        self.mail = KeyButton("Send by e-mail", "mail")
        self.forget = KeyButton("Forget this person", "trash-2", face=Face.DANGER)
        past = FieldCard("Bought and owed")
        past.column.addWidget(self.accounts)
        past.column.addWidget(self.receipts)
        past.column.addLayout(row(self.statement, self.mail, 1, self.forget))
        super().__init__([[self.contact], [self.terms], [past]])
        self.statement.clicked.connect(self.statement_wanted)
        self.mail.clicked.connect(self.mail_wanted)
        self.forget.clicked.connect(self.forget_wanted)
        for card in (self.contact, self.terms):
            for name in card.names:
                hear(card.editor(name), partial(session.set, name))

    def show_values(self) -> None:
        """Fill the cards."""
        session = self.session
        office, draft = session.office, session.draft
        is_there = session.chosen is not None
        lists = [("", _OWN_LIST), *((row.id, row.name) for row in session.given_lists)]
        price_list = self.terms.editor("price_list")
        assert isinstance(price_list, QComboBox)
        if [price_list.itemData(at) for at in range(price_list.count())] != [key for key, _ in lists]:
            choices(price_list, lists, draft.price_list)
        for card, may in ((self.contact, office.may_write), (self.terms, office.may_edit)):
            for name in card.names:
                fill(card.editor(name), getattr(draft, name))
                card.editor(name).setEnabled(may and is_there)
            card.show_errors(session.errors)
        self.groups.show_groups([(row.id, row.name) for row in session.groups], draft.groups, may=office.may_edit)
        self._show_history(session.history)
        self.forget.setVisible(office.may_edit and is_there and not session.is_new)
        self.statement.setVisible(is_there and not session.is_new)
        self.mail.setVisible(session.can_mail_statement and not session.is_new)

    def _show_history(self, history: History) -> None:
        locale = self.session.office.locale
        self.accounts.show_facts([_account_fact(row, locale) for row in history.accounts if row.balance])
        bought = [
            Fact("shopping-bag", "Bought in all",
                 "1 receipt" if row.receipts == 1 else f"{count_text(row.receipts, locale)} receipts",
                 money_text(row.amount, locale))
            for row in history.turnover
        ]  # fmt: skip
        offset = self.session.office.clock.now().offset_minutes
        shown = [
            Fact("receipt", row.number, format_moment(Stamp(row.at_ms, offset), locale),
                 money_text(row.total, locale))
            for row in history.receipts[:_MOST_RECEIPTS]
        ]  # fmt: skip
        self.receipts.show_facts([*bought, *shown])


def _account_fact(account: Account, locale: str) -> Fact:
    if account.kind is AccountKind.POINTS:
        return Fact("star", "Points", amount=count_text(account.balance, locale))
    if account.kind is AccountKind.STORE_CREDIT:
        return Fact("wallet", "Store credit", amount=money_text(Money(account.balance, account.currency), locale))
    name = "Owes" if account.balance < 0 else "Paid in advance"
    return Fact("landmark", name, amount=money_text(Money(abs(account.balance), account.currency), locale))


def _contact() -> FieldCard:
    address = QPlainTextEdit()
    address.setFixedHeight(84)
    address.setTabChangesFocus(True)
    return FieldCard(
        "How they are reached",
        [
            [Field("name", "Name", line()), Field("company", "Company", line())],
            [Field("phone", "Phone", line()), Field("email", "E-mail", line())],
            [Field("address", "Address", address, share=2), Field("country", "Country", line("GB"))],
            [Field("card", "Card", line("Scan it")), Field("tax_number", "Tax number", line())],
            [Field("note", "Note", line(), "Shown at the till to whoever serves them.")],
            [
                Field("wants_receipts", "Receipts", QCheckBox("By e-mail")),
                Field("wants_offers", "Offers", QCheckBox("Wants to hear of them")),
            ],
        ],
    )


def _terms() -> FieldCard:
    return FieldCard(
        "What they are given",
        [
            [
                Field("price_list", "Price list", combo()),
                Field("credit_limit", "May owe up to", line("Nothing", is_number=True)),
            ],
            [
                Field("exemption", "Tax exemption, number", line()),
                Field("exemption_reason", "Reason", line()),
                Field("exemption_until", "Until", line("For ever")),
            ],
            [Field("is_active", "Buys here", QCheckBox("Is found at the till"))],
        ],
    )


class _Groups(QWidget):
    """A box to tick for each group."""

    def __init__(self, then: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__()
        self._then = then
        self._boxes: dict[str, QCheckBox] = {}
        self._row = row(1, spacing=16)
        self.setLayout(self._row)

    def show_groups(self, groups: list[tuple[str, str]], ticked: tuple[str, ...], *, may: bool) -> None:
        """Show the groups that there are, and which are ticked."""
        if list(self._boxes) != [id for id, _ in groups]:
            for box in self._boxes.values():
                box.hide()
                box.deleteLater()
            self._boxes = {id: QCheckBox(name) for id, name in groups}
            for at, box in enumerate(self._boxes.values()):
                self._row.insertWidget(at, box)
                box.toggled.connect(self._ticked)
        for id, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(id in ticked)
            box.blockSignals(False)
            box.setEnabled(may)
        self.setVisible(bool(self._boxes))

    def _ticked(self) -> None:
        self._then(tuple(id for id, box in self._boxes.items() if box.isChecked()))
