"""Which station is which till: each says so itself, and no two ever write at one till in the same epoch."""

from __future__ import annotations

import pytest

from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.sync.messages import Claimant, CodeWish, Enrolment, TillClaim, TillClaimed
from tests.server.http.served import chain
from tests.server.storages import Kept

NOON = 1_790_000_000_000


class Business:
    """A business whose stations say which till they are."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.now = kept, NOON
        self.registrar = Registrar(kept.storage, lambda: self.now)
        self.tenant = kept.run(self.registrar.found("The corner shop"))

    def let_in(self, device: str, till: str = "") -> int:
        """Let a station in; gives its epoch."""
        code = self.kept.run(self.registrar.make_code(self.tenant, CodeWish("s1", till)))
        newcomer = Enrolment(code, device, device.encode().ljust(32), device.title())
        return self.kept.run(self.registrar.enrol(newcomer)).epoch

    def says(self, device: str, till: str, epoch: int = 1) -> TillClaimed:
        return self.kept.run(self.registrar.claim_till(self.tenant, device, TillClaim(till, epoch)))

    def writes(self, device: str, epoch: int) -> None:
        ledger = Ledger(self.kept.storage, lambda: self.now)
        self.kept.run(ledger.receive(Caller(self.tenant, device), chain(device, "sale.started", epoch=epoch)))

    def tills(self) -> dict[str, tuple[str, int]]:
        return {row.device: (row.till, row.till_ms) for row in self.kept.run(self.registrar.devices(self.tenant))}


@pytest.fixture
def business(kept: Kept) -> Business:
    return Business(kept)


def test_a_till_that_was_chosen_at_the_station_is_known_with_its_moment(business: Business) -> None:
    business.let_in("ann")
    assert business.tills() == {"ann": ("", 0)}
    business.now += 5
    assert business.says("ann", "t1") == TillClaimed(1)
    assert business.tills() == {"ann": ("t1", NOON + 5)}
    business.now += 5
    assert business.says("ann", "t1") == TillClaimed(1), "said again, nothing is different"
    assert business.tills() == {"ann": ("t1", NOON + 5)}
    assert business.says("ann", "") == TillClaimed(1)
    assert business.tills() == {"ann": ("", 0)}


def test_a_station_is_on_its_way_to_the_till_of_its_code_until_it_says_that_it_is_there(business: Business) -> None:
    business.let_in("ann", "t1")
    assert business.says("ann", "") == TillClaimed(1)
    assert business.tills() == {"ann": ("t1", 0)}, "a new station is no till before it has heard of it"
    assert business.says("ann", "t1") == TillClaimed(1)
    assert business.tills() == {"ann": ("t1", NOON)}
    business.says("ann", "")
    assert business.tills() == {"ann": ("", 0)}


def test_who_was_given_an_epoch_keeps_it_though_another_was_given_a_later_one(business: Business) -> None:
    assert business.let_in("ann", "t1") == 1
    assert business.let_in("bob", "t1") == 2
    assert business.says("ann", "t1", 1).epoch == 1
    assert business.says("bob", "t1", 2).epoch == 2


def test_the_second_at_a_till_begins_an_epoch_and_both_hear_of_each_other(business: Business) -> None:
    business.let_in("ann")
    business.let_in("bob")
    assert business.says("ann", "t1") == TillClaimed(1)
    business.kept.run(business.registrar.saw(business.tenant, "ann"))
    assert business.says("bob", "t1") == TillClaimed(2, (Claimant("ann", "Ann", NOON),))
    assert business.says("bob", "t1") == TillClaimed(2, (Claimant("ann", "Ann", NOON),)), "the answer was lost"
    assert business.says("bob", "t1", 2).epoch == 2
    assert business.says("ann", "t1") == TillClaimed(1, (Claimant("bob", "Bob", 0),)), "who was there first, stays"
    business.kept.run(business.registrar.retire(business.tenant, "ann"))
    assert business.says("bob", "t1", 2) == TillClaimed(2), "one that was retired is at no till"


def test_no_epoch_is_used_twice_at_a_till_whoever_comes_and_goes(business: Business) -> None:
    for name in ("ann", "bob", "cay"):
        business.let_in(name)
    business.says("ann", "t1")
    business.writes("ann", 1)
    business.writes("ann", 4)
    assert business.says("ann", "t2", 4).epoch == 4
    assert business.says("bob", "t1").epoch == 5, "though nobody is there any more, its receipts are"
    assert business.says("ann", "t1", 4).epoch == 6
    assert business.says("cay", "t2").epoch == 5
    assert business.let_in("dan", "t1") == 7
    assert business.says("dan", "t3", 7).epoch == 7


def test_a_station_that_was_put_back_never_comes_into_the_epoch_of_its_neighbour(business: Business) -> None:
    business.let_in("ann")
    business.let_in("bob")
    business.says("ann", "t1")
    assert business.says("bob", "t1").epoch == 2
    assert business.says("ann", "t1", 2).epoch == 3, "what a restore or a fork began by itself is the neighbour's"


def test_a_station_that_is_let_in_again_as_another_till_leaves_its_epochs_behind(business: Business) -> None:
    business.let_in("ann", "t1")
    business.writes("ann", 1)
    business.writes("ann", 3)
    business.kept.run(business.registrar.retire(business.tenant, "ann"))
    business.let_in("ann", "t2")
    assert business.let_in("bob", "t1") == 4


def test_claims_of_other_businesses_are_not_seen(business: Business) -> None:
    business.let_in("ann", "t1")
    other = Business(business.kept)
    other.let_in("eve")
    assert other.says("eve", "t1") == TillClaimed(1)
