"""Who stands at the till."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson, SignedIn
from tests.ui.till.bench import Bench
from tests.ui.till.shop import PINS, code_of, set_up


def test_the_right_pin_lets_in_and_a_wrong_one_does_not(bench: Bench) -> None:
    desk = bench.state.sign_in
    desk.lock()
    assert desk.is_locked
    ben = next(person for person in desk.people() if person.id == "ben")
    desk.sign_in(ben, PINS["anna"])
    assert desk.is_wrong
    assert desk.is_locked
    desk.sign_in(ben, PINS["ben"])
    assert not desk.is_wrong
    assert bench.counter.actor == "ben"
    assert [fact.person for fact in bench.facts(SignedIn)] == ["ben"]


def test_the_ticket_stays_while_the_till_is_locked(bench: Bench) -> None:
    bench.session.scanned(code_of("oat"))
    bench.state.sign_in.lock()
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_a_shop_where_nobody_has_a_pin_has_no_lock(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path, has_people=False), person="")
    assert bench.counter.actor == SYSTEM
    bench.state.sign_in.lock()
    assert not bench.state.sign_in.is_locked
    assert "Nobody has a PIN yet" in bench.said
    bench.session.scanned(code_of("oat"))
    assert bench.lines == [("1", "Oat milk 1 L")]
    bench.close()


def test_people_without_pins_stand_there_by_name(tmp_path: Path) -> None:
    path = set_up(tmp_path, has_people=False)
    bench = Bench(path, person="")
    bench.do(SavePerson(Person("cleo", "Cleo", Role.OWNER)))
    again = Bench(path, person="")
    assert again.counter.actor == "cleo"
    again.close()
    bench.close()


def test_who_has_left_is_not_listed(bench: Bench) -> None:
    ben = next(person for person in bench.state.sign_in.people() if person.id == "ben")
    bench.do(SavePerson(Person("ben", ben.name, ben.role, ben.pin_hash, is_active=False)))
    assert [person.id for person in bench.state.sign_in.people()] == ["anna"]
