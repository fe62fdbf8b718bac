"""Who stands at the till."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson, SignedIn
from omsdesk.store.queries import till as queries
from tests.ui.till.bench import Bench
from tests.ui.till.shop import PINS, code_of, hashed, set_up


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
    bench.session.intake.scanned(code_of("oat"))
    bench.state.sign_in.lock()
    assert bench.lines == [("1", "Oat milk 1 L")]


def test_a_shop_where_nobody_has_a_pin_has_no_lock(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path, has_people=False), person="")
    assert bench.counter.actor == SYSTEM
    bench.state.sign_in.lock()
    assert not bench.state.sign_in.is_locked
    assert "Nobody has a PIN yet" in bench.said
    bench.session.intake.scanned(code_of("oat"))
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


# ---- what is heard of people meanwhile


def changed(bench: Bench, who: str, **fields: object) -> None:
    """Have a person changed at the manager's station, and hear of it."""
    known = queries.person(bench.reader, who)
    assert known is not None
    bench.do(SavePerson(replace(known, **fields)))  # type: ignore[arg-type]
    bench.state.sign_in.look_again()


def test_a_new_name_and_other_rights_count_at_once(bench: Bench) -> None:
    changed(bench, "ben", role=Role.MANAGER)
    changed(bench, "anna", name="Anna Gross", role=Role.SUPERVISOR)
    assert bench.counter.person is not None
    assert (bench.counter.person.name, bench.counter.person.may("people.edit")) == ("Anna Gross", False)


def test_who_is_locked_out_at_a_till_that_is_free_finds_it_locked(bench: Bench) -> None:
    bench.counter.person = queries.person(bench.reader, "ben")
    changed(bench, "ben", is_active=False)
    assert bench.state.sign_in.is_locked


@pytest.mark.parametrize("way", ["pay", "hold", "void"])
def test_who_is_locked_out_serves_the_customer_to_the_end(bench: Bench, way: str) -> None:
    desk = bench.state.sign_in
    bench.counter.person = queries.person(bench.reader, "ben")
    bench.session.intake.scanned(code_of("oat"))
    changed(bench, "ben", is_active=False)
    assert not desk.is_locked
    assert bench.said == "Ben Okafor cannot sign in any more. Finish this sale: then the till locks."
    bench.session.intake.scanned(code_of("guji"))
    assert len(bench.lines) == 2
    if way == "pay":
        bench.checkout.pay_exactly()
        assert bench.checkout.completed is not None
        assert not desk.is_locked, "the change has to be seen"
        bench.checkout.next_customer()
    elif way == "hold":
        bench.session.hold()
    else:
        bench.session.void()
    assert desk.is_locked
    assert not desk.is_ending


def test_who_was_locked_out_begins_nothing_new(bench: Bench) -> None:
    bench.counter.person = queries.person(bench.reader, "ben")
    found = bench.session.intake.look_up(code_of("oat"))
    assert found is not None
    bench.do(SavePerson(Person("ben", "Ben Okafor", Role.CASHIER, hashed("2580"), is_active=False)))
    bench.session.intake.add(found)
    assert bench.lines == []
    assert bench.said == "Whoever does this does not work here. Ask somebody to sign in who does."


def test_who_is_let_in_again_meanwhile_stays(bench: Bench) -> None:
    bench.counter.person = queries.person(bench.reader, "ben")
    bench.session.intake.scanned(code_of("oat"))
    changed(bench, "ben", is_active=False)
    changed(bench, "ben", is_active=True)
    bench.session.hold()
    assert not bench.state.sign_in.is_locked


def test_a_shop_that_gets_its_first_pins_locks_when_the_customer_is_served(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path, has_people=False), person="")
    bench.session.intake.scanned(code_of("oat"))
    bench.do(SavePerson(Person("cleo", "Cleo", Role.OWNER, hashed("1357"))))
    bench.state.sign_in.look_again()
    assert not bench.state.sign_in.is_locked
    assert bench.said == "From now on people sign in here. Finish this sale: then the till locks."
    bench.session.hold()
    assert bench.state.sign_in.is_locked
    bench.close()


def test_where_the_last_pin_is_taken_away_a_locked_till_opens(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path, has_people=False), person="")
    bench.do(SavePerson(Person("cleo", "Cleo", Role.OWNER, hashed("1357"))))
    bench.state.sign_in.lock()
    bench.state.sign_in.look_again()
    assert bench.state.sign_in.is_locked
    changed(bench, "cleo", pin_hash="")
    assert bench.counter.actor == "cleo", "nobody could come in otherwise"
    bench.close()
