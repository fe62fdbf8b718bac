"""One file, one journal: actions are whole, and what is kept in memory is never more than a starting point."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain import sale as selling
from omsdesk.domain.messages import Event
from omsdesk.domain.printing import PrintNoted, PrintState
from omsdesk.domain.sale import Sale, SaleVoided
from omsdesk.store import database as databases
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.queries.till import Station as Where
from omsdesk.store.queries.till import station
from tests.domain.corner_shop import NOON, gbp
from tests.store.station import Clock, Station


def lines(state: Sale | None) -> int:
    """How many lines a ticket has; -1 for no ticket."""
    return -1 if state is None else len(state.lines)


def state(till: Station, sale: str) -> Sale | None:
    """A ticket as a transaction sees it."""
    with till.database.transaction("ann", NOON) as transaction:
        return transaction.state(sale, selling.evolve)


# --- who this is ------------------------------------------------------------------------------------------------------


def test_a_new_database_gets_an_identity_once(tmp_path: Path) -> None:
    path, clock = tmp_path / "shop.db", Clock()
    first = open_database(path, clock.new_id)
    device = first.station.device
    assert first.station == Where(device, 1, "")
    first.close()
    again = open_database(path, lambda: pytest.fail("it has one already"))
    assert again.station == Where(device, 1, "")
    again.close()


def test_a_station_becomes_a_till_and_stays_one(till: Station) -> None:
    till.database.become_till("t2")
    assert till.database.station.till == "t2"
    assert station(till.database.writer).till == "t2"
    till.database.become_till("")
    assert station(till.database.writer).till == ""


def test_a_raised_epoch_is_kept(till: Station) -> None:
    till.database.raise_epoch()
    till.database.raise_epoch()
    assert till.database.station.epoch == station(till.database.writer).epoch == 3


# --- actions ----------------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_in_the_journal_and_in_the_tables(till: Station) -> None:
    voided = SaleVoided("sale-1", "t1", "shift-1", "", gbp("1.00"))
    with till.database.transaction("ann", NOON) as transaction:
        transaction.record(voided)
    (entry,) = transaction.entries
    assert (entry.fact, entry.actor, entry.stamp) == (voided, "ann", NOON)
    reader = till.database.reader()
    assert list(journal.of_subject(reader, "sale-1")) == [entry]
    assert reader.row("SELECT count, amount FROM shift_sum WHERE measure = 'voids'") == (1, 100)
    reader.close()


def test_entries_of_one_action_carry_its_number(till: Station) -> None:
    writer = till.database.writer
    first = journal.last_position(writer) + 1
    for facts in (2, 1, 3):
        with till.database.transaction("ann", NOON) as transaction:
            for number in range(facts):
                transaction.record(PrintNoted(f"{facts}-{number}", PrintState.SENT))
    rows = writer.rows("SELECT number, action FROM journal WHERE position >= :first ORDER BY position", first=first)
    numbers = [number for number, _ in rows]
    assert [action for _, action in rows] == [numbers[i] for i in (0, 0, 2, 3, 3, 3)]


def test_an_action_that_fails_leaves_nothing_in_journal_or_tables(till: Station) -> None:
    writer = till.database.writer
    before = writer.rows("SELECT * FROM journal")
    with suppress(KeyError), till.database.transaction("ann", NOON) as transaction:
        transaction.record(SaleVoided("sale-1", "t1", "shift-1", "", gbp("1.00")))
        raise KeyError
    assert writer.rows("SELECT * FROM journal") == before
    assert writer.rows("SELECT * FROM shift_sum WHERE measure = 'voids'") == []


def test_a_reader_sees_whole_actions(till: Station) -> None:
    reader = till.database.reader()
    with till.database.transaction("ann", NOON) as transaction:
        for number in range(3):
            transaction.record(PrintNoted(str(number), PrintState.SENT))
            assert list(journal.of_subject(reader, "0")) == []
    assert len(list(journal.of_subject(reader, "0"))) == 1
    reader.close()


# --- folded documents -------------------------------------------------------------------------------------------------


def test_a_document_is_folded_from_its_facts(till: Station) -> None:
    assert state(till, "sale-1") is None
    till.do(till.add("sale-1"), till.add("sale-1", "tea"))
    assert lines(state(till, "sale-1")) == 2


def test_facts_of_the_same_action_are_seen(till: Station) -> None:
    till.do(till.add("sale-1"))
    with till.database.transaction("ann", NOON) as transaction:
        assert lines(transaction.state("sale-1", selling.evolve)) == 1
        transaction.record(SaleVoided("sale-1", "t1", "shift-1", "", gbp("3.20")))
        folded = transaction.state("sale-1", selling.evolve)
        assert folded is not None
        assert folded.is_voided


def test_what_was_rolled_back_is_forgotten(till: Station) -> None:
    till.do(till.add("sale-1"))
    with suppress(KeyError), till.database.transaction("ann", NOON) as transaction:
        transaction.record(SaleVoided("sale-1", "t1", "shift-1", "", gbp("3.20")))
        folded = transaction.state("sale-1", selling.evolve)
        assert folded is not None
        assert folded.is_voided
        raise KeyError
    kept = state(till, "sale-1")
    assert kept is not None
    assert not kept.is_voided


def test_after_a_roll_back_the_positions_it_had_used_are_read_again(till: Station) -> None:
    till.do(till.add("sale-1"))
    with suppress(KeyError), till.database.transaction("ann", NOON) as transaction:
        for _ in range(3):
            transaction.record(selling.LineNoted("sale-1", "x", "y"))
        transaction.state("sale-1", selling.evolve)
        raise KeyError
    till.do(till.add("sale-1", "tea"))
    assert lines(state(till, "sale-1")) == 2


def test_what_another_program_wrote_is_folded_too(till: Station) -> None:
    till.do(till.add("sale-1"))
    assert lines(state(till, "sale-1")) == 1
    other = open_database(till.path, till.clock.new_id)
    with other.transaction("bob", NOON) as transaction:
        folded = transaction.state("sale-1", selling.evolve)
        assert folded is not None
        row = replace(folded.lines[0], line="new")
        transaction.record(selling.LineAdded("sale-1", row))
    other.close()
    assert lines(state(till, "sale-1")) == 2


def test_a_document_is_not_read_again_from_its_beginning(till: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    till.do(till.add("sale-1"), till.add("sale-1", "tea"))
    state(till, "sale-1")
    seen: list[Event] = []

    def watched(sale: Sale | None, fact: Event) -> Sale:
        seen.append(fact)
        return selling.evolve(sale, fact)

    till.do(till.add("sale-1", "apples"))
    with till.database.transaction("ann", NOON) as transaction:
        transaction.state("sale-1", watched)
    assert len(seen) <= 1


def test_memory_does_not_grow_with_the_tickets(till: Station) -> None:
    for number in range(databases._KEPT_STATES + 10):
        till.do(till.add(f"sale-{number}"))
    assert len(till.database._states._kept) == databases._KEPT_STATES
    assert lines(state(till, "sale-0")) == 1, "the oldest is folded anew"


# --- two at once ------------------------------------------------------------------------------------------------------


def test_two_programs_write_one_chain(till: Station) -> None:
    other = open_database(till.path, till.clock.new_id)

    def work(target: databases.Database, name: str) -> None:
        for number in range(25):
            with target.transaction(name, NOON) as transaction:
                transaction.record(PrintNoted(f"{name}-{number}", PrintState.SENT))

    threads = [threading.Thread(target=work, args=args) for args in ((till.database, "a"), (other, "b"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert list(journal.broken_links(till.database.writer)) == []
    assert till.database.writer.value("SELECT count(*) FROM journal WHERE kind = 'print.noted'") == 50


def test_a_station_that_takes_over_a_till_writes_receipts_in_a_series_of_its_own(till: Station) -> None:
    till.sell("sale-1")
    first = till.database.writer.value("SELECT number FROM sale WHERE id = 'sale-1'")
    till.database.become_till("t2")
    assert till.database.station.epoch == 1, "nobody wrote a receipt there yet"
    till.database.become_till("t1")
    assert till.database.station.epoch == 2
    till.sell("sale-2")
    second = till.database.writer.value("SELECT number FROM sale WHERE id = 'sale-2'")
    assert (first, second) == ("1A-000001", "1B-000001")
    till.database.become_till("t1")
    assert till.database.station.epoch == 2, "it is that till already"
