"""What was put aside, in plain words."""

from __future__ import annotations

from omsdesk.ui.sync.aside_session import Aside, AsideSession
from omsdesk.ui.sync.entry_cards import CardList, EntryCard, EntryCards, Words

_WORDS = Words(
    title="Put aside",
    why="These entries came from other stations and could not be booked here. They are kept as they came: nothing is "
    "lost, and selling goes on. Update this program: what the new one understands is booked by itself.",
    nothing="Everything that was heard from other stations is where it belongs.",
)


class AsideView(EntryCards[Aside, EntryCard]):
    """A card for each entry."""

    help_page = "sync_set_aside"

    def __init__(self, session: AsideSession) -> None:
        """Lay the cards out."""
        self.session = session
        super().__init__(
            session,
            _WORDS,
            lambda: session.entries,
            CardList(lambda entry: EntryCard(entry.kind, entry.reason), session.line),
        )
