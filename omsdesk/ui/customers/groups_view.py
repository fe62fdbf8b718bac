"""Groups of customers, the price lists given to them, and how points are earned: three cards."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QWidget

from omsdesk.store.queries.till import categories
from omsdesk.ui.customers.groups_session import GroupsSession
from omsdesk.ui.customers.office import CONTACT_ONLY
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.page_head import PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton

_WIDEST = 1040


class GroupsView(QWidget):
    """One choice above each form: something there is, or something new."""

    help_page = "customer_groups"

    def __init__(self, session: GroupsSession) -> None:
        """Lay the cards out."""
        super().__init__()
        self.session = session
        self.save, self.discard = PrimaryButton("Save", "check", "Ctrl S"), KeyButton("Discard", "undo-2")
        self.save.HEIGHT = 48
        self.save.clicked.connect(session.save)
        self.discard.clicked.connect(session.discard)
        self.head = PageHead("Groups, price lists, points", [self.discard, self.save])
        self.banner = PassingBanner()
        self.group, self.list, self.points = _group(), _list(), _points()
        self.cards = CardColumn([[self.group, self.list], [self.points]], _WIDEST)
        whole = column(self.head, self.banner, self.cards, spacing=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._hear()
        session.listeners.append(self.follow)

    def _hear(self) -> None:
        session = self.session
        hear(self.group.editor("group"), lambda value: session.choose_group(str(value)))
        hear(self.list.editor("list"), lambda value: session.choose_list(str(value)))
        for card, names in (
            (self.group, ("group_name", "group_list", "group_points")),
            (self.list, ("list_name", "list_off")),
            (self.points, ("points_per", "points_least")),
        ):
            for name in names:
                hear(card.editor(name), partial(session.set, name))
        hear(self.points.editor("points_without"), lambda value: session.set("points_without", _listed(str(value))))

    def arrived(self) -> None:
        """Show what is there now."""
        self.session.refresh()

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        draft = session.draft
        given = [(row.id, row.name) for row in session.lists]
        offered = (
            (self.group.editor("group"), [("", "A new group"), *((row.id, row.name) for row in session.groups)],
             draft.group),
            (self.group.editor("group_list"), [("", "What everybody pays"), *given], draft.group_list),
            (self.list.editor("list"), [("", "A new list"), *given], draft.list),
        )  # fmt: skip
        for editor, rows, value in offered:
            assert isinstance(editor, QComboBox)
            choices(editor, rows, value)
        for card in (self.group, self.list, self.points):
            for name in card.names:
                value = getattr(draft, name)
                fill(card.editor(name), ", ".join(value) if isinstance(value, tuple) else value)
                card.editor(name).setEnabled(session.may_edit)
            card.show_errors(session.errors)
        self.save.setVisible(session.may_edit)
        self.save.setEnabled(session.has_changes)
        self.save.set_busy(session.is_saving)
        self.discard.setVisible(session.has_changes)
        self._say()

    def _say(self) -> None:
        session = self.session
        known = {name.casefold() for name, _ in categories(session.office.reader)}
        strange = [name for name in session.draft.points_without if name.casefold() not in known]
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        elif strange:
            self.banner.say(f"No product is in the category “{strange[0]}”.", Tone.WARN, "triangle-alert")
        elif session.saved:
            self.banner.say("Saved.", Tone.OK, "circle-check")
        elif not session.may_edit:
            self.banner.say(CONTACT_ONLY, Tone.NEUTRAL, "lock")
        else:
            self.banner.hide()


def _group() -> FieldCard:
    return FieldCard(
        "Groups",
        [
            [Field("group", "Group", combo())],
            [Field("group_name", "Name", line())],
            [
                Field("group_list", "Pays by", combo(), share=2),
                Field("group_points", "Points, times", line("1", is_number=True)),
            ],
        ],
    )


def _list() -> FieldCard:
    made = FieldCard(
        "Price lists for some",
        [
            [Field("list", "Price list", combo())],
            [Field("list_name", "Name", line())],
            [Field("list_off", "Percent off what others pay", line("0", is_number=True))],
        ],
    )
    words = Label("Prices of single products are typed in their forms, under “Other prices”.", 14)
    words.setWordWrap(True)
    made.column.addWidget(words)
    return made


def _points() -> FieldCard:
    return FieldCard(
        "Points",
        [
            [
                Field("points_per", "One point for", line("Nobody earns points", is_number=True)),
                Field("points_least", "Spent at once, at least", line("1", is_number=True)),
            ],
            [
                Field(
                    "points_without", "Categories without points", line("Tobacco, Gift cards"),
                    "What a point is worth stands in the settings, at the way to pay with points.",
                )
            ],
        ],
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
