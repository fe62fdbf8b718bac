"""What could not be booked is listed with its kind, its author, its station and the reason."""

from __future__ import annotations

from omsdesk.domain.values import Stamp
from omsdesk.store import exchange, journal
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.ui.sync.aside_session import AsideSession, kind_words
from tests.ui.back_office import until
from tests.ui.sync.desks import Desk


def hear_something_new(desk: Desk) -> None:
    """Hear of a kind that only a later program knows, from another station."""
    moment = Stamp(1_790_000_000_000, 60)
    bare = Sealed(1, 1, moment.utc_ms, moment.offset_minutes, "anna", "w1", "weather.turned", 1, b"{}", b"")
    entry = bare._replace(hash=seal("station-9", 1, GENESIS, bare))

    def take() -> None:
        writer = desk.shop.database.writer
        with writer.transaction():
            exchange.take(writer, "station-9", 1, GENESIS, entry)

    desk.shop.writer.run(take).result()
    assert journal.last_position(desk.shop.reader)


def test_nothing_is_put_aside_at_first(alone: Desk) -> None:
    session = AsideSession(alone.office, str)
    told: list[bool] = []
    session.listeners.append(lambda: told.append(True))
    session.refresh()
    until(lambda: told)
    assert session.entries == []


def test_an_entry_of_a_later_program_is_listed(alone: Desk) -> None:
    hear_something_new(alone)
    session = AsideSession(alone.office, lambda device: f"the {device}")
    session.refresh()
    until(lambda: session.entries)
    (entry,) = session.entries
    assert entry.kind == "Weather: turned"
    assert entry.reason
    line = session.line(entry)
    assert "Anna Keller" in line
    assert line.endswith("the station-9")


def test_kinds_are_words() -> None:
    assert kind_words("sale.completed") == "Sale: completed"
    assert kind_words("shop.till_saved") == "Shop: till saved"
    assert kind_words("odd") == "Odd"
