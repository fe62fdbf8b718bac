"""PINs and badges are checked, and whoever guesses waits, longer each time, whatever they do with the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.people import hash_badge
from omsdesk.domain.attempts import FREE, PersonShutOut
from omsdesk.domain.people import Person
from omsdesk.domain.values import Stamp
from omsdesk.store.queries import till as queries
from omsdesk.ui.proof import Proof
from tests.ui.till.bench import Bench
from tests.ui.till.shop import PINS, set_up


class Clock(SystemClock):
    ahead = 0

    def now(self) -> Stamp:
        now = super().now()
        return replace(now, utc_ms=now.utc_ms + self.ahead * 1_000)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(set_up(tmp_path))
    made.executor.clock = made.counter.clock = Clock()
    yield made
    made.close()


def ahead(bench: Bench, seconds: int) -> None:
    clock = bench.counter.clock
    assert isinstance(clock, Clock)
    clock.ahead += seconds


def proof(bench: Bench) -> Proof:
    """Make it anew, as a start of the program does."""
    return Proof(bench.reader, bench.counter.work, bench.counter.clock, lambda: "t1")


def known(bench: Bench, who: str) -> Person:
    found = queries.person(bench.reader, who)
    assert found is not None
    return found


def tried(made: Proof, person: Person, pin: str, times: int = 1) -> bool:
    heard: list[bool] = []
    for _ in range(times):
        made.check_pin(person, pin, heard.append, right="sale.void", actor="ben")
    assert len(heard) == times
    return heard[-1]


def test_a_right_pin_is_right_and_a_wrong_one_is_not(bench: Bench) -> None:
    anna, made = known(bench, "anna"), proof(bench)
    assert tried(made, anna, PINS["anna"])
    assert not tried(made, anna, PINS["ben"])
    assert made.words(anna) == "This PIN is not right. Try again."
    assert bench.facts(PersonShutOut) == []


def test_wrong_ones_in_a_row_let_the_pin_rest_and_leave_evidence(bench: Bench) -> None:
    anna, made = known(bench, "anna"), proof(bench)
    assert not tried(made, anna, "0000", FREE)
    (fact,) = bench.facts(PersonShutOut)
    assert (fact.person, fact.till, fact.wrong, fact.right) == ("anna", "t1", FREE, "sale.void")
    assert 28 <= made.wait(anna) <= 30
    assert made.words(anna).startswith("Too many wrong PINs. Try again in ")
    assert not tried(made, anna, PINS["anna"]), "it is not even looked at"
    assert made.wait(known(bench, "ben")) == 0
    ahead(bench, 31)
    assert tried(made, anna, PINS["anna"])


def test_a_right_one_in_between_begins_the_count_anew(bench: Bench) -> None:
    anna, made = known(bench, "anna"), proof(bench)
    for pin in ("0000", "0000", PINS["anna"], "0000", "0000"):
        tried(made, anna, pin)
    assert bench.facts(PersonShutOut) == []


def test_each_rest_is_longer_and_a_new_start_of_the_program_does_not_end_it(bench: Bench) -> None:
    anna = known(bench, "anna")
    for seconds in (30, 60, 120):
        tried(proof(bench), anna, "0000")
        made = proof(bench)
        tried(made, anna, "0000", FREE)
        assert seconds - 5 < proof(bench).wait(anna) <= seconds
        ahead(bench, seconds + 1)
    made = proof(bench)
    tried(made, anna, "0000", FREE)
    assert made.words(anna).endswith(" min.")


def test_a_badge_is_found_by_one_hash_and_nobodys_is_nobodys(bench: Bench) -> None:
    anna, ben = known(bench, "anna"), known(bench, "ben")
    one = replace(anna, badge_hash=hash_badge("ANNA-0815-4711", ()))
    two = replace(ben, badge_hash=hash_badge("BEN-4711-0815", (one,)))
    assert one.badge_hash.rpartition("$")[0] == two.badge_hash.rpartition("$")[0], "one salt for all"
    assert "ANNA" not in one.badge_hash
    heard: list[Person | None] = []
    for code, people in (("BEN-4711-0815", (one, two)), ("BEN-4711-0815", (one, replace(two, is_active=False)))):
        proof(bench).find_badge(code, people, heard.append)
    proof(bench).find_badge("SOMETHING-ELSE", (one, two), heard.append)
    assert heard == [two, None, None]
