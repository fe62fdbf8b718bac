"""Tills are added and changed, by one person or by two at once; a till never goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.domain.cash import OpenShift
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.values import Money
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.store.queries.till import tills
from omsdesk.sync.messages import KnownDevice
from omsdesk.ui.settings.office import NO_RIGHT
from omsdesk.ui.settings.tills_session import TillsSession
from tests.ui.back_office import BEN, BackOffice, until
from tests.ui.settings.conftest import Computer


@pytest.fixture
def session(computer: Computer) -> TillsSession:
    """Sit down before the tills' page."""
    return TillsSession(computer.office())


@pytest.fixture
def elsewhere(shop: BackOffice) -> Iterator[TillsSession]:
    """Sit down before the same page in a second program."""
    other = shop.another_program()
    yield TillsSession(Computer(other).office())
    other.close()


def kept(shop: BackOffice) -> dict[str, str]:
    """The tills as they are kept, names by code."""
    return {till.code: till.name for till in tills(shop.reader)}


def save(session: TillsSession) -> None:
    """Press Save and wait until it is on the disk."""
    session.save()
    assert session.is_saving, (session.errors, session.refusal)
    until(lambda: not session.is_saving)


def test_a_till_gets_the_next_free_number(shop: BackOffice, session: TillsSession) -> None:
    shop.do(SaveTill(Till("t3", "s1", "3", "Till 3")))
    session.refresh()
    session.add()
    session.add()
    assert [row.code for row in session.draft] == ["1", "3", "2", "4"]
    save(session)
    assert kept(shop) == {"1": "Till 1", "2": "Till 2", "3": "Till 3", "4": "Till 4"}


def test_tills_are_listed_by_their_codes(shop: BackOffice, session: TillsSession) -> None:
    for code in ("K1", "10", "2"):
        shop.do(SaveTill(Till(f"till-{code}", "s1", code, f"A name {code}")))
    session.refresh()
    assert [row.code for row in session.draft] == ["1", "2", "10", "K1"]


def test_a_name_is_changed_and_taken_back(shop: BackOffice, session: TillsSession) -> None:
    session.set(0, "name", " Front till ")
    save(session)
    assert kept(shop) == {"1": "Front till"}
    assert session.draft[0].name == "Front till"
    assert session.saved == "Tills saved"
    assert session.can_undo
    session.take_back()
    until(lambda: kept(shop) == {"1": "Till 1"})


def test_two_who_name_a_till_have_both_said_it(
    shop: BackOffice, session: TillsSession, elsewhere: TillsSession
) -> None:
    session.set(0, "name", "Front till")
    elsewhere.set(0, "name", "Door")
    save(elsewhere)
    session.refresh()
    save(session)
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {"Front till", "Door"}


def test_two_who_change_two_things_of_a_till_both_have_their_way(
    shop: BackOffice, session: TillsSession, elsewhere: TillsSession
) -> None:
    session.set(0, "name", "Front till")
    elsewhere.set(0, "is_training", value=True)
    save(elsewhere)
    save(session)
    (till,) = tills(shop.reader)
    assert (till.name, till.is_training) == ("Front till", True)
    assert conflicts(shop.reader) == []


def test_one_who_names_a_till_twice_and_undoes_it_differs_from_nobody(shop: BackOffice, session: TillsSession) -> None:
    for name in ("Front till", "Back till"):
        session.set(0, "name", name)
        save(session)
    session.take_back()
    until(lambda: kept(shop) == {"1": "Front till"})
    assert conflicts(shop.reader) == []


def test_a_new_till_cannot_be_undone_and_none_is_offered(shop: BackOffice, session: TillsSession) -> None:
    session.add()
    save(session)
    assert session.saved
    assert not session.can_undo
    before = shop.facts
    session.take_back()
    assert shop.facts == before


def test_a_row_that_was_never_saved_can_go_and_a_till_cannot(session: TillsSession) -> None:
    session.add()
    session.drop(0)
    assert [row.code for row in session.draft] == ["1", "2"]
    session.drop(1)
    assert [row.code for row in session.draft] == ["1"]


def test_codes_are_written_large(session: TillsSession) -> None:
    session.set(0, "code", " k1 ")
    assert session.draft[0].code == "K1"


@pytest.mark.parametrize(
    ("code", "said"),
    [("", "one to six capital letters"), ("TILL-1", "one to six capital letters"), ("1", "has the code 1 already"),
     ("1A", "too much like it")],
)  # fmt: skip
def test_a_code_that_cannot_be_is_refused_and_nothing_is_lost(
    shop: BackOffice, session: TillsSession, code: str, said: str
) -> None:
    session.add()
    session.set(1, "code", code)
    session.set(1, "name", "Garden till")
    session.save()
    until(lambda: session.refusal)
    assert said in session.refusal
    assert session.draft[1].name == "Garden till"
    assert kept(shop) == {"1": "Till 1"}
    session.set(1, "code", "G")
    assert session.refusal == ""
    save(session)
    assert kept(shop) == {"1": "Till 1", "G": "Garden till"}


def test_a_till_without_a_name_is_said_at_its_row(shop: BackOffice, session: TillsSession) -> None:
    session.add()
    session.set(1, "name", " ")
    session.save()
    assert session.errors == {1: "Type a name."}
    session.set(1, "name", "Garden till")
    assert session.errors == {}


def test_a_training_till_is_one_till_of_the_shop(shop: BackOffice, session: TillsSession) -> None:
    session.add()
    session.set(1, "is_training", True)
    save(session)
    assert [till.is_training for till in tills(shop.reader)].count(True) == 1


def test_what_was_typed_is_forgotten_when_one_wants(session: TillsSession) -> None:
    session.add()
    session.set(0, "name", "")
    session.save()
    session.discard()
    assert [row.name for row in session.draft] == ["Till 1"]
    assert session.errors == {}


def test_what_is_typed_while_the_disk_is_busy_stays(shop: BackOffice, session: TillsSession) -> None:
    session.set(0, "name", "Front till")
    session.save()
    session.set(0, "name", "Front till, left")
    until(lambda: not session.is_saving)
    assert kept(shop) == {"1": "Front till"}
    assert session.has_changes
    save(session)
    assert kept(shop) == {"1": "Front till, left"}


def test_nothing_typed_is_nothing_saved(shop: BackOffice, session: TillsSession) -> None:
    before = shop.facts
    session.save()
    session.add()
    session.save()
    session.save()
    until(lambda: not session.is_saving)
    assert shop.facts == before + 1


def test_a_cashier_saves_nothing(shop: BackOffice, session: TillsSession) -> None:
    shop.person = BEN
    session.set(0, "name", "Mine")
    session.save()
    assert session.refusal == NO_RIGHT
    session.move_here("")
    assert shop.database.station.till == "t1"


def test_two_people_change_two_tills_and_both_are_kept(
    shop: BackOffice, session: TillsSession, elsewhere: TillsSession
) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    session.refresh()
    elsewhere.refresh()
    session.set(0, "name", "Front till")
    elsewhere.set(1, "name", "Garden till")
    save(elsewhere)
    session.refresh()
    assert session.draft[0].name == "Front till", "what was typed stays"
    save(session)
    assert kept(shop) == {"1": "Front till", "2": "Garden till"}
    assert [row.name for row in session.draft] == ["Front till", "Garden till"]


def test_two_people_add_the_same_number_and_the_second_is_told(
    shop: BackOffice, session: TillsSession, elsewhere: TillsSession
) -> None:
    session.add()
    elsewhere.add()
    save(elsewhere)
    session.save()
    until(lambda: session.refusal)
    assert "has the code 2 already" in session.refusal
    session.set(1, "code", "3")
    save(session)
    assert set(kept(shop)) == {"1", "2", "3"}


# --- which till this computer is --------------------------------------------------------------------------------------


def test_this_computer_becomes_another_till_and_a_back_office(shop: BackOffice, session: TillsSession) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    assert session.here == "t1"
    session.move_here("t2")
    assert session.here == "t2"
    session.move_here("")
    assert session.here == ""


def test_whoever_chooses_the_till_of_another_computer_is_told_first(
    shop: BackOffice, computer: Computer, session: TillsSession
) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    seen = shop.clock.now().utc_ms - 3 * 60_000
    computer.holders["t2"] = KnownDevice("bar", "s1", "t2", "Bar", seen_ms=seen)
    session.move_here("t2")
    assert (session.here, session.holder) == ("t1", "Bar (last heard of 3 min ago)")
    session.stay()
    assert (session.here, session.holder, session.wanted) == ("t1", "", "")
    session.move_here_anyway()
    assert session.here == "t1", "nothing is chosen any more"
    session.move_here("t2")
    session.move_here_anyway()
    assert (session.here, session.holder) == ("t2", "")


def test_a_shift_that_was_opened_while_the_service_was_asked_is_not_left(
    shop: BackOffice, computer: Computer, session: TillsSession
) -> None:
    shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    computer.holders["t2"] = KnownDevice("bar", "s1", "t2", "Bar")
    session.move_here("t2")
    shop.do(OpenShift("shift-1", Money(0, "GBP")), actor="ben")
    session.move_here_anyway()
    assert session.here == "t1"
    assert "Close it first" in session.refusal


def test_in_the_middle_of_a_shift_it_stays(shop: BackOffice, session: TillsSession) -> None:
    shop.do(OpenShift("shift-1", Money(0, "GBP")), actor="ben")
    session.move_here("")
    assert "Close it first" in session.refusal
    assert session.here == "t1"
    session.move_here("t1")
    assert session.here == "t1"
