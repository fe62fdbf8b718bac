"""The form of a promotion: a card for what is offered, and others for when, for whom and beside what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from omsdesk.ui.days import example
from omsdesk.ui.promotions.draft import KINDS, WAYS, CouponWay, Kind
from omsdesk.ui.promotions.goods import GoodsPicker
from omsdesk.ui.promotions.session import PromotionsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WIDEST = 720
_PRIORITIES = (("10", "Before all others"), ("0", "Like the others"), ("-10", "After all others"))
_SHOWN = {
    "way": {Kind.OFF, Kind.GET, Kind.BASKET},
    "value": {Kind.OFF, Kind.GET, Kind.MIX, Kind.BUNDLE, Kind.BASKET},
    "buy": {Kind.GET, Kind.MIX},
    "get": {Kind.GET},
    "amount": {Kind.BASKET},
    **{f"{what}_{n}": {Kind.STEPS} for what in ("step", "off") for n in (1, 2, 3)},
}
"""Which kinds have which fields."""
_COUPONS = ((CouponWay.NONE, "None"), (CouponWay.WORD, "A word that everybody may show"))
_CODES = (CouponWay.CODES, "A code that is good once")
_ALL, _SAME, _NONE = "Everything in the shop", "The same goods", "Nothing yet"
_OTHER = "This offer was made by a program in a way that this form has no fields for. It stays as it is."


class PromotionForm(CardColumn):
    """Fills its fields from the session, and tells it what is typed."""

    def __init__(self, session: PromotionsSession, coupons: QWidget) -> None:
        """Lay the cards out; ``coupons`` is shown below them."""
        self.session = session
        self.offer, self.when = _offer_card(), _when_card(example(session.office.locale))
        self.beside = _beside_card()
        self.example = Label("", 16, 600, Tone.OK)
        self.other = Label(_OTHER, 14, 500, Tone.NEUTRAL)
        for label in (self.example, self.other):
            label.setWordWrap(True)
            self.offer.column.addWidget(label)
        self.goods = GoodsPicker(session.office, "Goods")
        self.others = GoodsPicker(session.office, "Other goods")
        self.others_title = Label("", 14, 600)
        self.what = FieldCard("On what")
        for part in (self.goods, self.others_title, self.others):
            self.what.column.addWidget(part)
        self.days = [QCheckBox(day) for day in _DAYS]
        self.stores: dict[str, QCheckBox] = {}
        self.groups: dict[str, QCheckBox] = {}
        self.coupons = coupons
        # Before the cards stand together: Tab goes by the order in which that happened.
        self._lay_days()
        super().__init__([[self.offer], [self.what], [self.when], [self.beside], [coupons]], _WIDEST)
        self._hear()

    def _lay_days(self) -> None:
        self.when.column.addWidget(Label("Only on these days of the week; none is every day", 14, 600))
        self.when.column.addLayout(row(*self.days, 1, spacing=8))
        self.where = Label("Only in these stores; none is all", 14, 600)
        self.who = Label("Only for these groups of customers; none is everybody", 14, 600)
        self.when.column.addWidget(self.where)
        self.when.column.addWidget(self.who)

    def _hear(self) -> None:
        for card in (self.offer, self.when, self.beside):
            for name in card.names:
                hear(card.editor(name), partial(self.session.set, name))
        for picker, name in ((self.goods, "goods"), (self.others, "others")):
            picker.changed.connect(partial(self.session.set, name))
            picker.sought.connect(partial(self.session.set, f"{name}_sought"))
        for day in self.days:
            day.clicked.connect(self._days_changed)

    def _days_changed(self) -> None:
        self.session.set("weekdays", tuple(at for at, day in enumerate(self.days, 1) if day.isChecked()))

    def begin(self) -> None:
        """Go to the first field."""
        self.to_top()
        self.offer.editor("name").setFocus()

    # ------------------------------------------------------------------------------ what is shown

    def show_values(self) -> None:
        """Fill everything from the session."""
        session = self.session
        self._show_choices()
        for card in (self.offer, self.when, self.beside):
            for name in card.names:
                fill(card.editor(name), getattr(session.draft, name))
                card.editor(name).setEnabled(session.may_edit)
            card.show_errors(session.errors)
        self._show_offer()
        for at, day in enumerate(self.days, 1):
            day.setChecked(at in session.draft.weekdays)
            day.setEnabled(session.may_edit)
        self._tick("stores", self.stores, session.stores(), self.where, least=2)
        self._tick("groups", self.groups, session.groups(), self.who, least=1)
        self.coupons.setVisible(bool(session.chosen))

    def _show_choices(self) -> None:
        draft = self.session.draft
        kinds = [*KINDS.items(), *([(Kind.OTHER, "Something else")] if draft.kind == Kind.OTHER else [])]
        ways = WAYS.get(Kind(draft.kind), {})
        for card, name, rows in (
            (self.offer, "kind", [(str(key), label) for key, label in kinds]),
            (self.offer, "way", [(str(key), label) for key, label in ways.items()]),
            (self.beside, "priority", _priorities(draft.priority)),
            (self.beside, "coupon_way", [(str(key), label) for key, label in (*_COUPONS, _CODES)]),
        ):
            editor = card.editor(name)
            assert isinstance(editor, QComboBox)
            if [(editor.itemData(at), editor.itemText(at)) for at in range(editor.count())] != rows:
                choices(editor, rows, getattr(draft, name))

    def _show_offer(self) -> None:
        session, kind = self.session, Kind(self.session.draft.kind)
        for name, kinds in _SHOWN.items():
            self.offer.show_field(name, is_shown=kind in kinds)
        self.beside.show_field("coupon", is_shown=session.draft.coupon_way == CouponWay.WORD)
        self.beside.show_field("most", is_shown=kind not in {Kind.BASKET, Kind.STEPS})
        self.example.setText(session.example())
        self.example.setVisible(bool(self.example.text()) and kind is not Kind.OTHER)
        self.other.setVisible(kind is Kind.OTHER)
        self.what.setVisible(kind is not Kind.OTHER)
        has_others = kind in {Kind.GET, Kind.BUNDLE}
        self.others_title.setText("What gets cheaper, if it is something else" if kind is Kind.GET else "Together with")
        self.others_title.setVisible(has_others)
        self.others.setVisible(has_others)
        for picker, name, meaning in ((self.goods, "goods", _ALL), (self.others, "others", _SAME)):
            picker.show_selection(getattr(session.draft, name), may_edit=session.may_edit)
            picker.show_sought(getattr(session.draft, f"{name}_sought"))
            picker.show_empty(_NONE if kind is Kind.BUNDLE else meaning, session.errors.get(name, ""))

    def _tick(
        self, name: str, boxes: dict[str, QCheckBox], rows: Sequence[tuple[str, str]], title: Label, *, least: int
    ) -> None:
        """Show a box for each store or group, where there is anything to choose."""
        known: tuple[str, ...] = getattr(self.session.draft, name)
        rows = rows if len(rows) >= least else []
        title.setVisible(bool(rows))
        for key in set(boxes) - {key for key, _ in rows}:
            boxes.pop(key).deleteLater()
        for at, (key, label) in enumerate(rows, self.when.column.indexOf(title) + 1):
            if key not in boxes:
                boxes[key] = QCheckBox()
                boxes[key].clicked.connect(lambda _on=False, name=name, boxes=boxes: self._ticked(name, boxes))
                self.when.column.insertWidget(at, boxes[key])
            boxes[key].setText(label)
            boxes[key].setChecked(key in known)
            boxes[key].setEnabled(self.session.may_edit)

    def _ticked(self, name: str, boxes: dict[str, QCheckBox]) -> None:
        self.session.set(name, tuple(key for key, box in boxes.items() if box.isChecked()))

    def first_wrong(self) -> QWidget | None:
        """Find the first field that is not right."""
        wrong = (part for part in self.findChildren(QWidget) if part.property("is_wrong") and part.isVisible())
        return next(wrong, None)


def _priorities(known: str) -> list[tuple[str, str]]:
    rows = list(_PRIORITIES)
    return rows if known in dict(rows) else [*rows, (known, f"Place {known}")]


def _offer_card() -> FieldCard:
    number = partial(line, is_number=True)
    return FieldCard(
        "What is offered",
        [
            [Field("name", "Name, as customers read it on the receipt", line("3 for 2 on coffee"))],
            [Field("kind", "Kind", combo())],
            [Field("buy", "Buy so many", number()), Field("get", "Get so many", number())],
            [Field("amount", "From an amount of", number("50.00"))],
            [Field("way", "What it gives", combo(), share=2), Field("value", "How much", number())],
            *(
                [Field(f"step_{n}", "From so many", number()), Field(f"off_{n}", "Percent off", number())]
                for n in (1, 2, 3)
            ),
            [Field("is_active", "State", QCheckBox("Is offered"))],
        ],
    )


def _when_card(day: str) -> FieldCard:
    return FieldCard(
        "When and for whom",
        [
            [Field("valid_from", "First day", line(day)), Field("valid_to", "Last day", line(day))],
            [Field("from_time", "From", line("00:00")), Field("to_time", "Until", line("24:00"))],
        ],
    )


def _beside_card() -> FieldCard:
    return FieldCard(
        "Beside others, and coupons",
        [
            [Field("priority", "Where several could hold", combo())],
            [Field("is_combinable", "With others", QCheckBox("Goods may have others that say so, too"))],
            [Field("most", "At most so often on one receipt", line("any number", is_number=True))],
            [Field("coupon_way", "What customers show for it", combo())],
            [Field("coupon", "The word", line("SPRING10"))],
        ],
    )
