"""What one ticket's facts say: in whose hands it is, and which document it ended in."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.body import to_json
from omsdesk.domain.hands import OWN
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.store import exchange, journal
from omsdesk.store.journal import GENESIS, Sealed
from omsdesk.store.queries import ticket as ask
from tests.store.station import Station


def hear_one_more(till: Station, fact: SaleCompleted) -> None:
    """Let another till have completed the ticket, too."""
    entry = Sealed(1, 1, 5_000, 0, "zoe", fact.sale, fact.kind, fact.version, to_json(fact), b"")
    entry = entry._replace(hash=journal.seal("far", 3, GENESIS, entry))
    with till.database.writer.transaction():
        assert exchange.take(till.database.writer, "far", 3, GENESIS, entry)


def completed(till: Station, sale: str) -> SaleCompleted:
    found = ask.completed_sale(till.database.writer, sale)
    assert found is not None
    return found[0]


def test_a_completed_ticket_is_a_document_with_its_cashier(till: Station) -> None:
    reader = till.database.writer
    till.do(till.add("sale-1"))
    assert ask.completed_sale(reader, "sale-1") is None
    till.do(till.pay("sale-1"), CompleteSale("sale-1"), actor="cara")
    found = ask.completed_sale(reader, "sale-1")
    assert found is not None
    assert (found[0].number, found[1]) == ("1A-000001", "cara")
    assert ask.completed_sale(reader, "sale-1~2") is None
    assert ask.ticket(reader, "nobody") is None


def test_of_two_documents_the_id_means_ones_own_and_a_place_says_which(till: Station) -> None:
    till.sell("sale-1")
    hear_one_more(till, replace(completed(till, "sale-1"), number="0Z-000009", till="t9", shift="shift-9"))
    assert completed(till, "sale-1").number == "1A-000001"
    assert completed(till, "sale-1~1").number == "0Z-000009"
    assert completed(till, "sale-1~2").number == "1A-000001"
    assert till.database.writer.rows("SELECT id, number, is_double FROM sale ORDER BY id") == [
        ("sale-1", "0Z-000009", 1),
        ("sale-1~2", "1A-000001", 1),
    ]


def test_what_was_only_heard_is_told_from_what_was_made_here(till: Station) -> None:
    reader = till.database.writer
    till.sell("sale-1")
    hear_one_more(till, replace(completed(till, "sale-1"), sale="sale-9", number="9A-000001", till="t9"))
    assert not ask.is_heard(reader, "sale-1")
    assert ask.is_heard(reader, "sale-9")
    assert ask.is_heard(reader, "sale-1~2"), "chosen from a list of two"
    assert not ask.is_heard(reader, "nobody")


def test_every_entry_says_whose_hand_wrote_it(till: Station) -> None:
    reader = till.database.writer
    till.sell("sale-1")
    hear_one_more(till, replace(completed(till, "sale-1"), number="9A-000001", till="t9"))
    assert {hand for hand, _ in ask.deeds(reader, "sale-1")} == {OWN, "far/3"}


def test_what_another_disk_wrote_under_the_same_name_is_not_ones_own(till: Station) -> None:
    reader, device = till.database.writer, till.database.station.device
    till.sell("sale-1")
    till.database.raise_epoch()
    after = journal.head(reader, device, 1)
    fact = replace(completed(till, "sale-1"), sale="sale-9", number="1A-000002")
    entry = Sealed(after.number + 1, 1, 5_000, 0, "zoe", "sale-9", fact.kind, fact.version, to_json(fact), b"")
    entry = entry._replace(hash=journal.seal(device, 1, after.hash, entry))
    with reader.transaction():
        assert exchange.take(reader, device, 1, after.hash, entry)
    assert [hand for hand, _ in ask.deeds(reader, "sale-9")] == ["/1"]
    assert {hand for hand, _ in ask.deeds(reader, "sale-1")} == {OWN}
