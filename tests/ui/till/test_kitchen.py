"""The kitchen hears of a sale from the till: when it is paid, when somebody sends it, and when it is given up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from omsdesk.actions.kitchen_paper import kitchen_slip_of
from omsdesk.actions.paper import NoDocument, paper_of
from omsdesk.actions.pick_paper import pick_slip_of
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.kitchen import KITCHEN, PICK
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.shop import SaveShop
from omsdesk.store.queries import orders
from omsdesk.store.queries.printing import Job, unsettled
from tests.ui.till.orders.test_orders import new_order
from tests.ui.till.shop import SHOP, Station, code_of, set_up


@pytest.fixture
def cafe(tmp_path: Path, qtbot: QtBot) -> Station:
    till = Station(set_up(tmp_path), qtbot).start()
    till.do(SaveShop(replace(SHOP, goods=GoodsPolicy(kitchen=("Drinks", "Bakery")))))
    till.state.counter.has_printer = lambda role: role == KITCHEN
    till.settle()
    return till


def slips(till: Station) -> list[Job]:
    """The print jobs for the kitchen."""
    return [job for job in unsettled(till.reader) if job.paper is PaperKind.KITCHEN]


def rows(till: Station, job: Job) -> list[tuple[str, str, bool]]:
    """Quantity and name of each row on a slip, and whether it is cancelled."""
    slip = kitchen_slip_of(till.reader, job.document)
    return [(str(row.quantity), row.name, row.is_cancelled) for row in slip.rows]


def test_a_paid_sale_is_made_in_the_kitchen(cafe: Station) -> None:
    for product in ("brew", "cookie", "mug"):
        cafe.scan(code_of(product))
    cafe.press(Qt.Key.Key_F5)
    (slip,) = slips(cafe)
    assert (slip.role, slip.opens_drawer) == (KITCHEN, False)
    assert rows(cafe, slip) == [("1", "Cold brew can", False), ("1", "Almond cookie", False)]
    made = kitchen_slip_of(cafe.reader, slip.document)
    assert (made.number, made.till, made.cashier) == ("1A-000001", "Till 1", "Anna Klein")
    assert paper_of(cafe.reader, slip)
    assert cafe.state.receipts.name_of(slip) == "Slip for the kitchen"


def test_only_what_is_new_follows(cafe: Station) -> None:
    cafe.scan(code_of("brew"))
    cafe.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert cafe.said == "The kitchen was told."
    cafe.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert cafe.said == "The kitchen knows all of it already."
    cafe.scan(code_of("cookie"))
    cafe.press(Qt.Key.Key_F5)
    assert [rows(cafe, slip) for slip in slips(cafe)] == [
        [("1", "Cold brew can", False)],
        [("1", "Almond cookie", False)],
    ]


def test_a_sale_that_is_given_up_is_not_made(cafe: Station) -> None:
    cafe.scan(code_of("brew"))
    cafe.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    cafe.state.session.void()
    cafe.settle()
    assert rows(cafe, slips(cafe)[-1]) == [("1", "Cold brew can", True)]


def test_a_held_sale_is_taken_up_and_its_table_stays_known(cafe: Station) -> None:
    cafe.scan(code_of("brew"))
    cafe.state.session.hold("Table 4")
    cafe.settle()
    held = cafe.state.session.held()[0]
    cafe.state.session.recall(held.sale)
    cafe.settle()
    cafe.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    cafe.press(Qt.Key.Key_F5)
    assert len(slips(cafe)) == 1, "what the kitchen has heard it does not hear again when the sale is paid"


@pytest.mark.parametrize("is_set_up", [True, False])
def test_without_a_printer_or_anything_to_make_nothing_is_asked(cafe: Station, *, is_set_up: bool) -> None:
    cafe.state.counter.has_printer = lambda _: is_set_up
    cafe.scan(code_of("mug" if is_set_up else "brew"))
    cafe.press(Qt.Key.Key_F5)
    assert slips(cafe) == []
    assert cafe.state.receipts.last(1)[0].number == "1A-000001"


def test_a_slip_that_nobody_knows_is_no_paper(cafe: Station) -> None:
    with pytest.raises(NoDocument):
        kitchen_slip_of(cafe.reader, "sale-1:kitchen:none")


# --- goods of orders --------------------------------------------------------------------------------------------------


def order(till: Station, kind: str) -> str:
    """Write an order down; tells its id."""
    new_order(till, "grinder", "mug", kind=kind)
    till.press(Qt.Key.Key_F12)
    till.settle()
    return orders.newest_orders(till.reader)[0].order.order


def picked(till: Station) -> list[Job]:
    return [job for job in unsettled(till.reader) if job.paper is PaperKind.PICK]


@pytest.mark.parametrize(("roles", "role"), [({PICK, KITCHEN}, PICK), ({PICK}, PICK), ({KITCHEN}, KITCHEN)])
def test_what_is_to_be_fetched_for_an_order_comes_out_where_it_is_fetched(
    cafe: Station, roles: set[str], role: str
) -> None:
    cafe.state.counter.has_printer = lambda asked: asked in roles
    wanted = order(cafe, "Pick-up")
    (job,) = picked(cafe)
    assert (job.role, job.document) == (role, wanted)
    slip = pick_slip_of(cafe.reader, wanted)
    assert [(row.name, str(row.quantity)) for row in slip.rows] == [
        ("Hand grinder S2", "1"),
        ("Travel mug 350 ml", "1"),
    ]
    assert (slip.title, slip.customer[0]) == ("Order to fetch", "Frieda")
    assert paper_of(cafe.reader, job)
    assert cafe.state.receipts.name_of(job) == "Slip to fetch an order by"


def test_a_quotation_is_not_fetched(cafe: Station) -> None:
    order(cafe, "Quotation")
    assert picked(cafe) == []


def test_without_a_printer_for_it_nothing_is_asked(cafe: Station) -> None:
    cafe.state.counter.has_printer = lambda _: False
    order(cafe, "Pick-up")
    assert picked(cafe) == []


def test_an_order_that_nobody_knows_is_not_fetched(cafe: Station) -> None:
    with pytest.raises(NoDocument):
        pick_slip_of(cafe.reader, "none")
