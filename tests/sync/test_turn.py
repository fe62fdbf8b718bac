"""Two tills and a service: what one tells, the other hears, whatever happens to lines and disks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.sale import Paper
from omsdesk.store import exchange, journal
from omsdesk.store.queries import till as queries
from omsdesk.sync.turn import Turn, Unreachable
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import EAN
from tests.sync.stations import Cloud, Member, a_shop


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    made = a_shop(tmp_path, cloud)
    yield made
    for member in made:
        member.close()


def price_at(member: Member) -> int | None:
    found = queries.product_by_barcode(member.database.writer, EAN, SHOP, "2026-06-01")
    return found.article.prices[0].price.minor if found else None


def test_a_new_station_hears_the_shop_its_people_and_its_products(tills: list[Member]) -> None:
    assert price_at(tills[1]) == 320
    assert queries.shop_of(tills[1].database.writer, "t2") == SHOP


def test_what_one_till_sells_the_other_knows(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    assert cloud.turn(tills[0]).told > 0
    assert cloud.turn(tills[1]).heard > 0
    assert sale in tills[1].sales()
    assert sale in tills[0].sales()


def test_when_there_is_no_news_nothing_is_said_twice(cloud: Cloud, tills: list[Member]) -> None:
    for member in tills * 2:
        cloud.turn(member)
    assert [cloud.turn(member) for member in tills] == [Turn(), Turn()]


def test_an_answer_that_got_lost_makes_no_second_sale(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    cloud.network.loses = 0.5
    for _ in range(40):
        cloud.try_turn(tills[0])
    cloud.network.loses = 0.0
    cloud.deliver_late()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert tills[1].sales() == {sale}


def test_a_price_of_one_station_is_the_price_of_the_other(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].do(SaveProducts("later", (ProductEdit("coffee", price=gbp("3.50")),)))
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert price_at(tills[1]) == 350


def test_print_jobs_stay_with_their_till(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].sell("with-paper", paper=Paper.PRINT)
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    kinds = {kind for (kind,) in tills[1].database.writer.rows("SELECT DISTINCT kind FROM journal")}
    assert not {kind for kind in kinds if kind.startswith("print.")}


def test_a_till_that_was_put_back_finds_its_sales_again_and_loses_none(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    first = tills[0].sell_one()
    copy = tills[0].save(tmp_path / "copy.db")
    told = tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    tills[0] = tills[0].again(7, copy)
    after = tills[0].sell_one()
    turn = cloud.turn(tills[0])
    assert len(turn.forks) == 1
    assert tills[0].database.station.epoch == 2
    assert tills[0].sales() == {first, told, after}
    cloud.turn(tills[1])
    assert tills[1].sales() == {first, told, after}
    assert list(journal.broken_links(tills[0].database.writer)) == []
    assert exchange.set_aside(tills[1].database.writer) == []


def test_a_till_that_was_put_back_and_did_nothing_yet_begins_a_new_epoch_too(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    copy = tills[0].save(tmp_path / "copy.db")
    told = tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    tills[0] = tills[0].again(7, copy)
    assert [fork.moved for fork in cloud.turn(tills[0]).forks] == [0]
    assert tills[0].sales() == {told}, "and its next receipt is of a new series"
    assert tills[0].database.station.epoch == 2


def test_a_till_that_exists_twice_is_two_chains_and_every_sale_is_told_once(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    shared = tills[0].sell_one()
    twin = tills[0].again(9, tills[0].save(tmp_path / "twin.db"))
    sales = {shared, tills[0].sell_one(), twin.sell_one()}
    for member in (tills[0], twin, tills[0], twin, tills[1]):
        cloud.turn(member)
    assert tills[0].sales() == twin.sales() == tills[1].sales() == sales
    assert tills[0].database.station.epoch != twin.database.station.epoch
    twin.close()


def test_a_service_that_lost_its_last_minutes_is_told_again(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    copy = cloud.save(tmp_path / "cloud-copy.db")
    sales = {tills[0].sell_one(), tills[1].sell_one()}
    for member in (*tills, *tills):
        cloud.turn(member)
    cloud.fall_back_to(copy)
    for member in (*tills, *tills):
        assert cloud.turn(member).forks == ()
    newcomer = Member(tmp_path / "new.db", 5)
    cloud.let_in(newcomer)
    cloud.turn(newcomer)
    assert newcomer.sales() == sales
    assert tills[0].sales() == sales
    newcomer.close()


def test_a_line_that_is_down_says_so_and_loses_nothing(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    cloud.network.loses = 1.0
    with pytest.raises(Unreachable):
        cloud.turn(tills[0])
    assert sale in tills[0].sales()
    cloud.network.loses = 0.0
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert sale in tills[1].sales()
