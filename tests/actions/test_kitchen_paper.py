"""The slip for the kitchen says what the kitchen was told, whatever became of the ticket since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions.kitchen_paper import kitchen_slip_of
from omsdesk.actions.paper import NoDocument, paper_of
from omsdesk.documents import plain
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.kitchen import KitchenSent, SendToKitchen, slip_of
from omsdesk.domain.printing import AskPrint, PaperKind
from omsdesk.domain.sale_command import HoldSale, NoteLine, RecallSale, VoidSale
from omsdesk.domain.shop import SaveShop
from omsdesk.store.queries.printing import Job, unsettled
from omsdesk.store.queries.till import shop_of
from tests.store.station import Station


@pytest.fixture
def cafe(till: Station) -> Station:
    """A shop that makes its drinks behind the till."""
    shop = shop_of(till.database.writer, "t1")
    assert shop is not None
    till.do(SaveShop(replace(shop, goods=GoodsPolicy(kitchen=("Drinks",)))))
    return till


def slips(till: Station) -> list[Job]:
    return [job for job in unsettled(till.database.writer) if job.paper is PaperKind.KITCHEN]


def words(till: Station, job: Job) -> str:
    return plain.render(paper_of(till.database.writer, job))


def test_a_slip_names_the_table_the_goods_and_how_they_are_wanted(cafe: Station) -> None:
    line = cafe.add("sale-1", "coffee")
    cafe.do(line, NoteLine("sale-1", line.line, "extra hot"))
    cafe.do(HoldSale("sale-1", "Table 4"), SendToKitchen("k1", "sale-1", "t1"))
    (job,) = slips(cafe)
    slip = kitchen_slip_of(cafe.database.writer, job.document)
    assert (slip.name, slip.number, slip.is_copy) == ("Table 4", "", False)
    for part in ("Table 4", "1 x ", "extra hot"):
        assert part in words(cafe, job)
    assert "3.20" not in words(cafe, job), "the kitchen needs no prices"


def test_it_says_the_same_after_the_ticket_was_given_up(cafe: Station) -> None:
    cafe.do(cafe.add("sale-1", "coffee"))
    cafe.do(SendToKitchen("k1", "sale-1", "t1"))
    before = words(cafe, slips(cafe)[0])
    cafe.do(VoidSale("sale-1"), SendToKitchen("k2", "sale-1", "t1"))
    first, second = slips(cafe)
    assert words(cafe, first) == before
    assert "CANCELLED" in words(cafe, second)


def test_what_is_sent_twice_with_one_id_is_sent_once(cafe: Station) -> None:
    cafe.do(cafe.add("sale-1", "coffee"))
    for _ in range(2):
        cafe.do(SendToKitchen("k1", "sale-1", "t1"))
    assert len(slips(cafe)) == 1


def test_a_slip_that_is_asked_for_again_is_marked(cafe: Station) -> None:
    cafe.do(cafe.add("sale-1", "coffee"))
    (sent,) = [f for f in cafe.do(SendToKitchen("k1", "sale-1", "t1")).facts if isinstance(f, KitchenSent)]
    cafe.do(AskPrint("again", "t1", PaperKind.KITCHEN, slip_of(sent), "kitchen"))
    assert words(cafe, slips(cafe)[-1]).lstrip().startswith("COPY")


def test_a_ticket_that_was_held_and_taken_up_keeps_its_table(cafe: Station) -> None:
    cafe.do(cafe.add("sale-1", "coffee"))
    cafe.do(HoldSale("sale-1", "Table 4"), SendToKitchen("k1", "sale-1", "t1"))
    cafe.do(RecallSale("sale-1"), cafe.add("sale-1", "tea"))
    cafe.do(SendToKitchen("k2", "sale-1", "t1"))
    slip = kitchen_slip_of(cafe.database.writer, slips(cafe)[-1].document)
    assert (slip.name, len(slip.rows)) == ("Table 4", 1)


def test_of_a_ticket_that_nobody_knows_nothing_is_told(cafe: Station) -> None:
    assert cafe.do(SendToKitchen("k1", "none", "t1")).facts == ()


def test_a_slip_that_nobody_sent_is_no_paper(cafe: Station) -> None:
    with pytest.raises(NoDocument, match="not in the database"):
        kitchen_slip_of(cafe.database.writer, "sale-1:kitchen:none")
