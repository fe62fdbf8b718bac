"""What a station may not change is kept in its chain and told to nobody, until a manager looked at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.coupon import MakeCoupons, new_code
from omsdesk.domain.customer import Customer, CustomerGroup, ForgetCustomer, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.domain.messages import Command, known_kinds
from omsdesk.domain.people import SYSTEM, Person, Role, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.rights import Leave, Rule, rules_of
from omsdesk.domain.role import SaveRole
from omsdesk.domain.shop import SaveShop, SaveTill
from omsdesk.server.embedded import run_now
from omsdesk.server.enrolment import ITSELF, NotLetIn
from omsdesk.server.ledger import Caller, NotEnrolled
from omsdesk.store import journal
from omsdesk.store.journal import GENESIS, Sealed
from omsdesk.sync.messages import CodeWish, Enrolment, HeldEntries, HeldEntry, Stray, TurnedAway
from omsdesk.sync.rights import FREE, NOT_UNDERSTOOD, RIGHTS, is_understood, objection
from omsdesk.sync.scopes import EVERYWHERE, scope_of
from tests.actions.every_command import every_command
from tests.domain.corner_shop import SHOP, TILL, gbp
from tests.sync.stations import STORE, Cloud, Member, the_moment

PEOPLE = {
    person.id: person
    for person in (
        Person("olga", "Olga", Role.OWNER),
        Person("max", "Max", Role.MANAGER),
        Person("cara", "Cara", Role.CASHIER),
        Person("gone", "Gone", Role.MANAGER, is_active=False),
    )
}


# ---- the rule


@pytest.mark.parametrize("kind", RIGHTS)
def test_who_may_is_told_and_who_may_not_is_held(kind: str) -> None:
    for actor, is_held in (("olga", False), ("max", False), ("cara", True), ("gone", True), ("eve", True)):
        assert bool(objection(kind, actor, PEOPLE, only_sells=False)) is is_held, actor


@pytest.mark.parametrize("kind", RIGHTS)
def test_a_program_may_where_its_station_may(kind: str) -> None:
    assert objection(kind, SYSTEM, PEOPLE, only_sells=False) == ""


@pytest.mark.parametrize("kind", RIGHTS)
def test_a_station_that_only_sells_is_believed_nothing_whoever_it_names(kind: str) -> None:
    for actor in (SYSTEM, *PEOPLE, "eve", ""):
        for people in (PEOPLE, {}):
            assert "may only sell" in objection(kind, actor, people, only_sells=True), actor


@pytest.mark.parametrize(
    "kind", ["sale.completed", "cash.moved", "stock.goods_moved", "people.signed_in", "customer.saved", "sale.new_kind"]
)
def test_what_happened_at_a_till_is_never_held(kind: str) -> None:
    assert objection(kind, "eve", PEOPLE, only_sells=True) == ""


def test_before_anybody_may_the_shop_is_being_set_up() -> None:
    assert objection("people.saved", "eve", {}, only_sells=False) == ""
    assert objection("shop.saved", "eve", {"cara": PEOPLE["cara"]}, only_sells=False) == ""


def test_everything_that_all_stations_share_needs_a_right_that_commands_need() -> None:
    rights = {command.permission for command in every_command()}
    shared = {kind for kind in known_kinds() if scope_of(kind, "s1") == EVERYWHERE}
    assert set(RIGHTS) == shared - FREE
    assert set(RIGHTS.values()) <= rights


@pytest.mark.parametrize("kind", ["loyalty.points_given", "catalogue.bundle_saved"])
def test_what_a_newer_program_says_of_things_that_this_one_does_not_know_waits(kind: str) -> None:
    assert objection(kind, "olga", PEOPLE, only_sells=False) == NOT_UNDERSTOOD


def test_this_program_understands_all_that_it_says_itself() -> None:
    assert all(is_understood(kind) for kind in known_kinds() if not kind.startswith("test"))


# ---- at the service


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    """A service that has no seat of its own yet."""
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


def let_in_to_sell(folder: Path, cloud: Cloud) -> Member:
    """Let a station in that only sells."""
    made = Member(folder / "booth.db", 8)
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish(STORE, only_sells=True)))
    run_now(cloud.registrar.enrol(Enrolment(code, made.database.station.device, b"b" * 32)))
    return made


@pytest.fixture
def booth(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> Iterator[Member]:
    made = let_in_to_sell(tmp_path, cloud)
    cloud.turn(made)
    yield made
    made.close()


def held(cloud: Cloud) -> list[HeldEntry]:
    return list(run_now(cloud.ledger.held(cloud.tenant)).entries)


def forge(member: Member, fact_of: Command, actor: str) -> None:
    """Write something as a program would that does not ask who may."""
    executor = member.executor
    outcome = executor.execute(SYSTEM, fact_of)
    (entry,) = outcome.entries  # type: ignore[union-attr]
    writer = member.database.writer
    # The chain is sealed anew with another author: nobody but the station itself can do that.
    device, epoch, _ = member.database.station
    number = journal.head(writer, device, epoch).number
    (sealed,) = journal.run_after(writer, device, epoch, number - 1)
    changed = sealed._replace(actor=actor)
    previous = journal.hash_at(writer, device, epoch, number - 1) or b""
    digest = journal.seal(device, epoch, previous, changed)
    writer.run("UPDATE journal SET actor = :actor, hash = :hash WHERE position = :at", actor=actor, hash=digest,
        at=entry.position)  # fmt: skip


def bread() -> Command:
    return SaveProducts("b1", (ProductEdit("bread", name="Bread", tax_category="standard"),))


def names(member: Member) -> set[str]:
    return {name for (name,) in member.database.writer.rows("SELECT name FROM product")}


def test_a_cashiers_product_is_held_and_the_rest_of_the_day_goes_on(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "cara")
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert sale in tills[1].sales()
    assert "Bread" not in names(tills[1])
    (found,) = held(cloud)
    assert (found.device, found.kind, found.actor) == (
        tills[0].database.station.device, "catalogue.products_saved", "cara",
    )  # fmt: skip
    assert found.reason == "Cara Cashier changed products and prices and may not."


def test_what_a_manager_releases_is_told_to_everybody_once(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "cara")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    owner = Caller(cloud.tenant, found.device)
    assert run_now(cloud.ledger.release(owner, found.epoch, found.number, "max"))
    assert not run_now(cloud.ledger.release(owner, found.epoch, found.number, "max"))
    assert held(cloud) == []
    cloud.turn(tills[1])
    assert "Bread" in names(tills[1])
    for member in tills * 2:
        assert cloud.turn(member).forks == ()


def test_what_a_manager_turns_away_waits_no_more_and_is_told_to_nobody(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "cara")
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    (found,) = held(cloud)
    owner = Caller(cloud.tenant, found.device)
    assert run_now(cloud.ledger.turn_away(owner, found.epoch, found.number, "max"))
    assert not run_now(cloud.ledger.turn_away(owner, found.epoch, found.number, "olga"))
    assert not run_now(cloud.ledger.release(owner, found.epoch, found.number, "olga"))
    assert run_now(cloud.ledger.held(cloud.tenant)) == HeldEntries((), (TurnedAway(found, "max", the_moment()),))
    for member in tills * 2:
        assert cloud.turn(member).forks == ()
    assert "Bread" not in names(tills[1])
    assert sale in tills[1].sales()
    kept = "SELECT count(*) FROM entry WHERE subject = 'b1' AND kind = 'catalogue.products_saved'"
    assert cloud.storage.connection.value(kept) == 1, "it stays in its chain"


def test_nothing_is_turned_away_that_was_let_pass(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "cara")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    owner = Caller(cloud.tenant, found.device)
    assert run_now(cloud.ledger.release(owner, found.epoch, found.number, "max"))
    assert not run_now(cloud.ledger.turn_away(owner, found.epoch, found.number, "max"))
    assert run_now(cloud.ledger.held(cloud.tenant)) == HeldEntries(())


def test_nothing_is_released_of_a_station_that_was_retired(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "eve")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    run_now(cloud.registrar.retire(cloud.tenant, found.device))
    with pytest.raises(NotEnrolled):
        run_now(cloud.ledger.release(Caller(cloud.tenant, found.device), found.epoch, found.number, "max"))


def test_people_are_known_from_the_moment_that_they_are_told(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].do(SavePerson(Person("nina", "Nina New", Role.MANAGER)), actor="olga")
    tills[0].do(bread(), actor="nina")
    cloud.turn(tills[0])
    assert held(cloud) == []
    tills[0].do(SavePerson(Person("nina", "Nina New", Role.CASHIER)), actor="olga")
    cloud.turn(tills[0])
    forge(tills[0], SaveProducts("b2", (ProductEdit("rolls", name="Rolls", tax_category="standard"),)), "nina")
    cloud.turn(tills[0])
    assert [entry.actor for entry in held(cloud)] == ["nina"]


def test_whoever_makes_himself_an_owner_is_held_and_what_he_does_then_too(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], SavePerson(Person("cara", "Cara Cashier", Role.OWNER)), "cara")
    forge(tills[0], bread(), "cara")
    cloud.turn(tills[0])
    assert [entry.kind for entry in held(cloud)] == ["people.saved", "catalogue.products_saved"]


COMMANDS: dict[str, Callable[[], Command]] = {
    "catalogue.products_saved": bread,
    "catalogue.prices_set": lambda: SetPrices("b9", PriceList("staff", "Staff"), ()),
    "customer.forgotten": lambda: ForgetCustomer("anna"),
    "coupon.made": lambda: MakeCoupons("b", "once", (new_code(b"12345678"),)),
    "label_design.saved": lambda: SaveDesign(LabelDesign("d", "D", "{}")),
    "promotion.saved": lambda: SavePromotion(Promotion("p", "P", (Need(),), Benefit(Takes.PERCENT, 1))),
    "customer.group_saved": lambda: SaveGroup(CustomerGroup("club", "Club")),
    "customer.terms_set": lambda: SetTerms(Customer("anna", credit_limit=gbp("999.00"))),
    "people.saved": lambda: SavePerson(Person("nina", "Nina", Role.OWNER)),
    "role.saved": lambda: SaveRole("cashier", (Rule("catalogue.edit", Leave.ALLOWED),)),
    "shop.saved": lambda: SaveShop(replace(SHOP, name="Somebody else's")),
    "shop.till_saved": lambda: SaveTill(replace(TILL, id="t9", code="9", name="Theirs")),
}


@pytest.mark.parametrize("actor", ["max", SYSTEM, "eve"])
@pytest.mark.parametrize("kind", RIGHTS)
def test_a_stolen_station_that_only_sells_changes_nothing_in_anybodys_name(
    cloud: Cloud, tills: list[Member], booth: Member, kind: str, actor: str
) -> None:
    booth.do(SaveCustomer(Customer("anna", "Anna")), actor="cara")
    cloud.turn(booth)
    cloud.turn(tills[0])
    forge(booth, COMMANDS[kind](), actor)
    cloud.turn(booth)
    assert [(entry.kind, entry.actor) for entry in held(cloud)] == [(kind, actor)]
    before = tills[0].database.writer.value("SELECT count(*) FROM journal")
    cloud.turn(tills[0])
    assert tills[0].database.writer.value("SELECT count(*) FROM journal") == before, "nobody is told"


def test_a_shop_is_not_set_up_by_a_station_that_only_sells(tmp_path: Path, cloud: Cloud) -> None:
    booth = let_in_to_sell(tmp_path, cloud)
    booth.set_up()
    cloud.turn(booth)
    assert {entry.kind for entry in held(cloud)} >= {"shop.saved", "shop.till_saved", "people.saved"}
    booth.close()


def test_other_businesses_see_and_release_nothing(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], bread(), "eve")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    other = run_now(cloud.registrar.found("Another one"))
    assert run_now(cloud.ledger.held(other)) == HeldEntries(())
    with pytest.raises(NotEnrolled):
        run_now(cloud.ledger.release(Caller(other, found.device), found.epoch, found.number, "max"))


# ---- a fork moves what was held


@pytest.fixture
def twin(tmp_path: Path, tills: list[Member], cloud: Cloud) -> Iterator[Member]:
    """A clone of the first till's disk, made after it wrote what is held; so much was written since that it moves."""
    forge(tills[0], bread(), "cara")
    made = tills[0].again(55, tills[0].save(tmp_path / "twin.db"))
    for _ in range(4):
        tills[0].sell_one()
    cloud.turn(tills[0])
    made.sell_one()
    yield made
    made.close()


def told(cloud: Cloud, kind: str = "catalogue.products_saved") -> int:
    """Count what all stations hear of the product that is held."""
    question = "SELECT count(*) FROM entry WHERE kind = :kind AND subject = 'b1' AND place IS NOT NULL"
    return int(cloud.storage.connection.value(question, kind=kind))


def forked(cloud: Cloud, twin: Member) -> None:
    """Let a twin tell, and make sure that what is held has moved with it."""
    (fork,) = cloud.turn(twin).forks
    assert fork.moved > 0
    copies = "SELECT count(*) FROM entry WHERE kind = 'catalogue.products_saved' AND subject = 'b1'"
    assert cloud.storage.connection.value(copies) == 2


def test_what_a_fork_moves_is_held_once_and_told_once(cloud: Cloud, tills: list[Member], twin: Member) -> None:
    forked(cloud, twin)
    (found,) = held(cloud)
    assert run_now(cloud.ledger.release(Caller(cloud.tenant, found.device), found.epoch, found.number, "max"))
    assert (held(cloud), told(cloud)) == ([], 1)
    for member in (*tills, twin, *tills):
        cloud.turn(member)
    assert "Bread" in names(tills[1])
    assert all(list(journal.broken_links(member.database.writer)) == [] for member in (*tills, twin))


def test_what_was_turned_away_does_not_come_back_with_a_fork(cloud: Cloud, tills: list[Member], twin: Member) -> None:
    (found,) = held(cloud)
    assert run_now(cloud.ledger.turn_away(Caller(cloud.tenant, found.device), found.epoch, found.number, "max"))
    forked(cloud, twin)
    assert (held(cloud), told(cloud)) == ([], 0)


def test_what_was_released_before_a_fork_moves_it_is_not_held_again(
    cloud: Cloud, tills: list[Member], twin: Member
) -> None:
    (found,) = held(cloud)
    run_now(cloud.ledger.release(Caller(cloud.tenant, found.device), found.epoch, found.number, "max"))
    forked(cloud, twin)
    assert (held(cloud), told(cloud)) == ([], 1)


def test_who_was_dismissed_stays_so_when_a_fork_moves_what_made_him_somebody(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    tills[0].do(SavePerson(Person("nina", "Nina New", Role.MANAGER)), actor="olga")
    twin = tills[0].again(55, tills[0].save(tmp_path / "twin.db"))
    for _ in range(4):
        tills[0].sell_one()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    tills[1].do(SavePerson(Person("nina", "Nina New", Role.CASHIER)), actor="olga")
    cloud.turn(tills[1])
    twin.sell_one()
    (fork,) = cloud.turn(twin).forks
    assert fork.moved > 0
    forge(tills[1], bread(), "nina")
    cloud.turn(tills[1])
    assert [entry.actor for entry in held(cloud)] == ["nina"]
    twin.close()


# ---- what is given back by stations that only sell


def test_who_only_sells_gives_back_sales_and_nothing_that_all_share(
    cloud: Cloud, tills: list[Member], booth: Member
) -> None:
    caller = Caller(cloud.tenant, booth.database.station.device)
    for origin in (tills[0].database.station.device, "service", "never-there"):
        bare = Sealed(
            900, 900, 1_000, 0, SYSTEM, "b1", "catalogue.products_saved", 1, b'{"batch":"b1","edits":[]}', b""
        )
        entry = bare._replace(hash=journal.seal(origin, 1, GENESIS, bare))
        assert run_now(cloud.ledger.rescue(caller, (Stray(origin, 1, GENESIS, entry),))) == 0
        sold = bare._replace(kind="sale.started")
        sold = sold._replace(hash=journal.seal(origin, 1, GENESIS, sold))
        stray = Stray(origin, 1, GENESIS, sold)
        assert run_now(cloud.ledger.rescue(caller, (stray, stray))) == 1


def test_nobody_gives_back_what_belongs_to_another_store(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish("s2")))
    run_now(cloud.registrar.enrol(Enrolment(code, "far", b"f" * 32)))
    origin = tills[0].database.station.device
    bare = Sealed(900, 900, 1_000, 0, "ann", "x", "sale.started", 1, b"{}", b"")
    entry = bare._replace(hash=journal.seal(origin, 1, GENESIS, bare))
    assert run_now(cloud.ledger.rescue(Caller(cloud.tenant, "far"), (Stray(origin, 1, GENESIS, entry),))) == 0


def test_nobody_is_let_in_as_the_service_itself(cloud: Cloud) -> None:
    with pytest.raises(NotLetIn):
        run_now(cloud.registrar.make_code(cloud.tenant, CodeWish(STORE, device=ITSELF)))
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish(STORE)))
    with pytest.raises(NotLetIn):
        run_now(cloud.registrar.enrol(Enrolment(code, ITSELF, b"e" * 32)))


def test_a_person_whom_a_manager_lets_pass_is_known_from_then_on(cloud: Cloud, tills: list[Member]) -> None:
    forge(tills[0], SavePerson(Person("nina", "Nina New", Role.MANAGER)), "cara")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    run_now(cloud.ledger.release(Caller(cloud.tenant, found.device), found.epoch, found.number, "max"))
    forge(tills[0], bread(), "nina")
    cloud.turn(tills[0])
    assert held(cloud) == []


# ---- what a newer program wrote


def write_of_tomorrow(member: Member, kind: str, actor: str = SYSTEM) -> None:
    """Say what this program has no word for."""
    member.do(bread())
    writer = member.database.writer
    device, epoch, _ = member.database.station
    number = journal.head(writer, device, epoch).number
    (sealed,) = journal.run_after(writer, device, epoch, number - 1)
    changed = sealed._replace(kind=kind, actor=actor)
    digest = journal.seal(device, epoch, journal.hash_at(writer, device, epoch, number - 1) or b"", changed)
    writer.run(
        "UPDATE journal SET kind = :kind, actor = :actor, hash = :hash WHERE origin = :origin AND number = :number",
        kind=kind, actor=actor, hash=digest, origin=device, number=number,
    )  # fmt: skip


def test_what_the_service_does_not_understand_is_told_once_it_does(
    cloud: Cloud, tills: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_of_tomorrow(tills[0], "loyalty.points_given")
    cloud.turn(tills[0])
    (found,) = held(cloud)
    assert found.reason == NOT_UNDERSTOOD
    assert run_now(cloud.ledger.look_again(cloud.tenant)) == 0, "nothing has changed"
    monkeypatch.setattr("omsdesk.sync.scopes._OF_A_STORE", {"loyalty"})
    assert run_now(cloud.ledger.look_again(cloud.tenant)) == 1
    assert held(cloud) == []
    assert cloud.turn(tills[1]).heard == 1


def test_what_it_understands_then_still_needs_its_right(
    cloud: Cloud, tills: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_of_tomorrow(tills[0], "catalogue.bundle_saved", "cara")
    cloud.turn(tills[0])
    monkeypatch.setattr("omsdesk.sync.rights.RIGHTS", {**RIGHTS, "catalogue.bundle_saved": "catalogue.edit"})
    monkeypatch.setattr("omsdesk.server.rights.RIGHTS", {**RIGHTS, "catalogue.bundle_saved": "catalogue.edit"})
    assert run_now(cloud.ledger.look_again(cloud.tenant)) == 0
    (found,) = held(cloud)
    assert found.reason == "Cara Cashier changed products and prices and may not."


# ---- what roles may


def test_the_service_goes_by_what_the_business_says_of_its_roles(cloud: Cloud, tills: list[Member]) -> None:
    first, second = tills
    first.do(SaveRole("cashier", (Rule("catalogue.edit", Leave.ALLOWED),)), actor="olga")
    cloud.turn(first)
    forge(second, bread(), "cara")
    cloud.turn(second)
    assert held(cloud) == []
    first.do(SaveRole("cashier", (Rule("catalogue.edit", Leave.DENIED),)), actor="olga")
    cloud.turn(first)
    forge(second, bread(), "cara")
    cloud.turn(second)
    assert [row.reason for row in held(cloud)] == ["Cara Cashier changed products and prices and may not."]


def test_an_owner_stays_one_whatever_is_said_of_owners(cloud: Cloud, tills: list[Member]) -> None:
    olga = replace(PEOPLE["olga"], rules=rules_of("owner", (Rule("people.edit", Leave.DENIED),)))
    assert objection("role.saved", "olga", {"olga": olga}, only_sells=False) == ""
