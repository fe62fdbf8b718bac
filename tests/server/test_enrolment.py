"""Letting stations in: by a code, once, while it is valid, where the code says; and out again."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from omsdesk.server.enrolment import VALID_MS, Key, NotLetIn, Registrar
from omsdesk.server.ledger import Caller, Ledger, NotEnrolled
from omsdesk.server.sql import statement
from omsdesk.server.storage import Transaction
from omsdesk.sync.messages import COMMAND_LINE, CodeWish, Enrolled, Enrolment, KnownCode, Wanted
from tests.server.storages import Kept
from tests.server.test_ledger import chain

NOON = 1_790_000_000_000
TILL = Enrolment("", "station-1", b"k" * 32, "Till 1", "0.1.0")


class Desk:
    """A manager's desk: codes are made here, stations come with them, and the clock goes on when told to."""

    def __init__(self, kept: Kept) -> None:
        self.kept, self.now = kept, NOON
        self.registrar = Registrar(kept.storage, lambda: self.now)
        self.tenant = self.found()

    def found(self) -> str:
        return self.kept.run(self.registrar.found("The corner shop"))

    def code(self, device: str = "", *, store: str = "s1", tenant: str = "") -> str:
        return self.kept.run(self.registrar.make_code(tenant or self.tenant, CodeWish(store, "t1", device, "olga")))

    def enrol(self, code: str, newcomer: Enrolment = TILL) -> Enrolled:
        return self.kept.run(self.registrar.enrol(replace(newcomer, code=code)))

    def retire(self, device: str = TILL.device, tenant: str = "") -> bool:
        return self.kept.run(self.registrar.retire(tenant or self.tenant, device))

    def key_of(self, device: str = TILL.device) -> Key | None:
        return self.kept.run(self.registrar.key_of(device))


@pytest.fixture
def desk(kept: Kept) -> Desk:
    return Desk(kept)


def test_a_code_lets_a_station_in_where_it_says(desk: Desk) -> None:
    assert desk.enrol(desk.code()) == Enrolled(desk.tenant, "s1", "t1", 1, TILL.device)
    assert desk.key_of() == Key(desk.tenant, TILL.public_key, is_retired=False)


def test_nobody_knows_a_station_that_never_came(desk: Desk) -> None:
    assert desk.key_of("stranger") is None


@pytest.mark.parametrize(
    "misread",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "],
)
def test_a_code_is_read_as_people_type_it(desk: Desk, misread: type[str]) -> None:
    desk.enrol(misread(desk.code()))


def test_letters_that_look_like_digits_are_read_as_these(kept: Kept) -> None:
    # Chance gives 0 and 1 in turn: the code is full of what people misread.
    turns = iter(range(1000))
    registrar = Registrar(kept.storage, lambda: NOON, lambda _: next(turns) % 2)
    tenant = kept.run(registrar.found("The corner shop"))
    code = kept.run(registrar.make_code(tenant, CodeWish("s1")))
    assert code == "0101-0101-0101"
    assert kept.run(registrar.enrol(replace(TILL, code="OIol-oLOi-0I0l"))).tenant == tenant


@pytest.mark.parametrize("wrong", ["", "7KQ3", "7KQ3-9F2M-XA4U", "7KQ3-9F2M-XA4T-1", "7KQ3-9F2M-XA4T"])
def test_what_is_no_code_or_an_unknown_one_lets_nobody_in(desk: Desk, wrong: str) -> None:
    desk.code()
    with pytest.raises(NotLetIn, match=r"A code has 12 letters|This code is not known"):
        desk.enrol(wrong)
    assert desk.key_of() is None


def test_a_code_works_once(desk: Desk) -> None:
    code = desk.code()
    desk.enrol(code)
    with pytest.raises(NotLetIn, match="used already"):
        desk.enrol(code, Enrolment("", "station-2", b"2" * 32))


def test_whoever_lost_the_answer_may_ask_again_even_later(desk: Desk) -> None:
    code = desk.code()
    first = desk.enrol(code)
    desk.now += VALID_MS * 2
    assert desk.enrol(code) == first
    with pytest.raises(NotLetIn, match="used already"):
        desk.enrol(code, replace(TILL, public_key=b"thief".ljust(32)))
    assert desk.key_of() == Key(desk.tenant, TILL.public_key, is_retired=False)


def test_a_code_expires(desk: Desk) -> None:
    code = desk.code()
    desk.now += VALID_MS
    late = desk.code()
    desk.now += 1
    with pytest.raises(NotLetIn, match="expired"):
        desk.enrol(code)
    desk.enrol(late)


def test_a_code_for_one_station_lets_no_other_in(desk: Desk) -> None:
    with pytest.raises(NotLetIn, match="another station"):
        desk.enrol(desk.code("station-9"))


def test_a_station_that_is_in_needs_a_code_of_its_own_to_come_again(desk: Desk) -> None:
    desk.enrol(desk.code())
    with pytest.raises(NotLetIn, match="enrolled already"):
        desk.enrol(desk.code(), replace(TILL, public_key=b"new".ljust(32)))
    again = desk.enrol(desk.code(TILL.device, store="s2"), replace(TILL, public_key=b"new".ljust(32)))
    assert (again.store, again.epoch) == ("s2", 2)
    assert desk.key_of() == Key(desk.tenant, b"new".ljust(32), is_retired=False)


def test_a_station_that_comes_again_writes_in_a_new_epoch(desk: Desk) -> None:
    desk.enrol(desk.code())
    ledger = Ledger(desk.kept.storage, lambda: NOON)
    for epoch in (1, 2):
        desk.kept.run(ledger.receive(Caller(desk.tenant, TILL.device), chain("sale.started", epoch=epoch)))
    assert desk.enrol(desk.code(TILL.device)).epoch == 3


def test_a_station_that_lost_its_disk_is_given_its_name_back(desk: Desk) -> None:
    desk.enrol(desk.code())
    empty = Enrolment("", "a-new-id", b"new".ljust(32), is_fresh=True)
    code = desk.code(TILL.device)
    assert desk.enrol(code, empty).device == TILL.device
    assert desk.enrol(code, empty).device == TILL.device, "and asking twice gives the same answer"
    assert desk.key_of() == Key(desk.tenant, b"new".ljust(32), is_retired=False)
    assert desk.key_of("a-new-id") is None


def test_a_retired_station_is_known_and_not_served(desk: Desk) -> None:
    desk.enrol(desk.code())
    assert desk.retire()
    assert not desk.retire(), "it is out already"
    assert desk.key_of() == Key(desk.tenant, TILL.public_key, is_retired=True)
    with pytest.raises(NotEnrolled):
        desk.kept.run(Ledger(desk.kept.storage, lambda: NOON).tell(Caller(desk.tenant, TILL.device), Wanted("s1", 0)))


def test_a_retired_station_comes_back_with_any_code(desk: Desk) -> None:
    desk.enrol(desk.code())
    desk.retire()
    desk.enrol(desk.code())
    assert desk.key_of() == Key(desk.tenant, TILL.public_key, is_retired=False)


def test_a_station_of_another_business_is_not_taken_over(desk: Desk) -> None:
    desk.enrol(desk.code())
    rival = desk.found()
    for code in (desk.code(tenant=rival), desk.code(TILL.device, tenant=rival)):
        with pytest.raises(NotLetIn, match="another business"):
            desk.enrol(code, replace(TILL, public_key=b"rival".ljust(32)))
    assert desk.key_of() == Key(desk.tenant, TILL.public_key, is_retired=False)
    assert desk.kept.run(desk.registrar.devices(rival)) == []
    assert not desk.retire(tenant=rival), "nor retired"


def test_a_manager_sees_all_stations_of_the_business_and_how_much_they_told(desk: Desk) -> None:
    desk.enrol(desk.code())
    desk.now += 1000
    desk.enrol(desk.code(store="s2"), Enrolment("", "station-2", b"2" * 32, "Till 2"))
    ledger = Ledger(desk.kept.storage, lambda: NOON)
    run = chain("sale.started", "sale.completed")
    desk.kept.run(ledger.receive(Caller(desk.tenant, TILL.device), run))
    desk.kept.run(desk.registrar.saw(desk.tenant, TILL.device))
    desk.retire("station-2")
    first, second = desk.kept.run(desk.registrar.devices(desk.tenant))
    assert (first.device, first.store, first.till) == (TILL.device, "s1", "t1")
    assert (first.name, first.version) == (TILL.name, TILL.version)
    assert (first.enrolled_ms, first.seen_ms, first.retired_ms, first.entries) == (NOON, NOON + 1000, 0, 2)
    assert (second.device, second.seen_ms, second.retired_ms, second.entries) == ("station-2", 0, NOON + 1000, 0)
    assert type(first.entries) is int
    assert desk.kept.run(desk.registrar.devices(desk.found())) == []


def test_a_station_is_called_what_somebody_says(desk: Desk) -> None:
    desk.enrol(desk.code())
    desk.kept.run(desk.registrar.rename(desk.tenant, TILL.device, "Window"))
    desk.kept.run(desk.registrar.rename(desk.found(), TILL.device, "Theirs"))
    (known,) = desk.kept.run(desk.registrar.devices(desk.tenant))
    assert known.name == "Window"


def test_the_codes_that_are_valid_are_listed_with_whoever_made_them(desk: Desk) -> None:
    used = desk.code()
    desk.enrol(used)
    desk.now += 1
    desk.kept.run(desk.registrar.make_code(desk.tenant, CodeWish("s2", made_by=COMMAND_LINE, only_sells=True)))
    expires = desk.now + VALID_MS
    assert desk.kept.run(desk.registrar.codes(desk.tenant)) == [
        KnownCode("s2", made_by=COMMAND_LINE, expires_ms=expires, only_sells=True),
        KnownCode("s1", "t1", made_by="olga", expires_ms=expires - 1, used_by=TILL.device),
    ]
    assert desk.kept.run(desk.registrar.codes(desk.found())) == []
    desk.now += VALID_MS
    assert [code.store for code in desk.kept.run(desk.registrar.codes(desk.tenant))] == ["s2"]


def test_codes_are_kept_as_what_they_hash_to(desk: Desk) -> None:
    code = desk.code().replace("-", "")

    async def everything(transaction: Transaction) -> str:
        return repr([*await transaction.rows(statement("SELECT * FROM code WHERE tenant_id = :tenant"))])

    kept = desk.kept.run(desk.kept.storage.read(desk.tenant, everything))
    assert code not in kept
    assert hashlib.sha256(code.encode()).hexdigest() in kept


# ---- which shop it is


def test_the_first_station_of_a_business_brings_its_shop(desk: Desk) -> None:
    let_in = desk.enrol(desk.code(store=""), replace(TILL, shop="the-corner", till="till-1"))
    assert (let_in.store, let_in.till) == ("the-corner", "till-1")
    known = desk.kept.run(desk.registrar.devices(desk.tenant))
    assert [(row.store, row.till) for row in known] == [("the-corner", "till-1")]


def test_a_first_station_without_a_shop_gets_a_new_one_and_the_same_when_it_asks_again(desk: Desk) -> None:
    code = desk.code(store="")
    first = desk.enrol(code)
    assert len(first.store) == 16
    assert desk.enrol(code) == first


def test_a_code_for_another_shop_lets_nobody_in_and_stays_valid(desk: Desk) -> None:
    code = desk.code()
    with pytest.raises(NotLetIn, match="another shop than the one on this computer"):
        desk.enrol(code, replace(TILL, shop="the-market"))
    assert desk.key_of() is None
    assert desk.enrol(code, replace(TILL, shop="s1")).store == "s1"


def test_a_station_that_is_a_till_stays_that_till(desk: Desk) -> None:
    assert desk.enrol(desk.code(), replace(TILL, shop="s1", till="t9")).till == "t9"


def test_two_stations_of_one_till_never_write_in_one_series(desk: Desk) -> None:
    first = desk.enrol(desk.code(), replace(TILL, device="till-a"))
    second = desk.enrol(desk.code(), replace(TILL, device="till-b"))
    elsewhere = desk.enrol(desk.code(), replace(TILL, device="till-c", till="t2"))
    assert (first.epoch, second.epoch, elsewhere.epoch) == (1, 2, 1)
