"""The orders page as a manager uses it: lists by what has to be looked at, and what is decided about an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.cash import OpenShift
from omsdesk.domain.order import GoodsHandedOver, Party, Portion, Purpose, Status
from omsdesk.domain.order_command import CancelOrder, ChangeOrder, PlaceOrder
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.order_terms import Fee, Instalment, Terms
from omsdesk.domain.ordering import account_of
from omsdesk.domain.printing import PaperKind
from omsdesk.domain.sale_command import AddLine, CompleteSale, LoadAccount, TakeTender
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import orders as queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.queries.printing import unsettled
from omsdesk.ui.office import Post
from omsdesk.ui.orders.office import Office
from omsdesk.ui.orders.screen import OrdersScreen
from omsdesk.ui.orders.session import ALL, LATE, OPEN, OPINIONS, OVER, QUOTES, SETTLE, SHORT
from tests.patience import until
from tests.ui.back_office import BEN, BackOffice, Stage, press, put_on_stage, take_pictures

CASH = TenderMethod("cash", "Cash", TenderKind.CASH)
LONG_AGO = "2020-01-31"
ANNA = Party(name="Anna Ahrens", phone="0171 234567")


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """A shop with an open shift, a layaway, a quotation, and an order that nobody fetched."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    made.do(OpenShift(made.clock.new_id(), Money.of(100, "GBP")))
    place(made, "kept", Purpose.LAYAWAY, "mug")
    place(made, "quoted", Purpose.QUOTATION, "oat")
    place(made, "old", Purpose.PICK_UP, "grinder", Terms(until=LONG_AGO), Quantity.of(2))
    yield made
    made.close()


def place(
    shop: BackOffice,
    order: str,
    purpose: Purpose,
    product: str,
    terms: Terms | None = None,
    quantity: Quantity | None = None,
) -> None:
    where = till_queries.shop_of(shop.reader, "t1")
    assert where is not None
    found = till_queries.product_by_id(shop.reader, product, where, shop.clock.now().day)
    assert found is not None
    ticket = shop.clock.new_id()
    shop.do(AddLine(ticket, shop.clock.new_id(), found.article, quantity or Quantity.of(1)))
    shop.do(PlaceOrder(order, purpose, "s1", ticket, (), ANNA, terms or Terms()))
    placed = shop.clock.now().utc_ms
    until(lambda: shop.clock.now().utc_ms > placed)  # the newest stands above, and two of one moment do either way


def pay_on(shop: BackOffice, order: str, amount: str) -> None:
    sale = shop.clock.new_id()
    shop.do(LoadAccount(sale, shop.clock.new_id(), account_of(order), Money.of(amount, "GBP")))
    shop.do(TakeTender(sale, shop.clock.new_id(), CASH, Money.of(amount, "GBP")), CompleteSale(sale))


@pytest.fixture
def screen(shop: BackOffice) -> OrdersScreen:
    post = Post(lambda: shop.database.station.till)
    folder = shop.folder / "documents"
    return OrdersScreen(
        Office(shop.reader, shop.work, shop.feed, shop.clock, post, lambda: shop.person, lambda: folder)
    )


@pytest.fixture
def stage(qtbot: QtBot, screen: OrdersScreen) -> Stage:
    made = put_on_stage(qtbot, screen)
    screen.arrived()
    qtbot.waitUntil(lambda: bool(screen.session.found))
    return made


def listed(screen: OrdersScreen) -> list[str]:
    return [known.order.order for known in screen.session.found]


def show(qtbot: QtBot, screen: OrdersScreen, view: str, wanted: list[str]) -> None:
    screen.show_list(view)
    qtbot.waitUntil(lambda: listed(screen) == wanted)


def known(shop: BackOffice, order: str) -> Known:
    found = queries.order(shop.reader, order)
    assert found is not None
    return found


def test_each_list_shows_what_has_to_be_looked_at(qtbot: QtBot, screen: OrdersScreen, stage: Stage) -> None:
    assert listed(screen) == ["old", "kept"]
    show(qtbot, screen, QUOTES, ["quoted"])
    show(qtbot, screen, OVER, ["old"])
    show(qtbot, screen, SETTLE, [])
    assert "Nothing is to be given back" in screen.empty.accessibleName() or screen.empty.isVisible()
    show(qtbot, screen, ALL, ["old", "quoted", "kept"])
    show(qtbot, screen, OPEN, ["old", "kept"])
    take_pictures(stage, "orders")


def test_goods_that_stand_together_are_ready(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    screen.list.move_to(1)
    assert screen.session.chosen == "kept"
    press("Ctrl+R")
    qtbot.waitUntil(lambda: known(shop, "kept").status(screen.session.day) is Status.READY)
    qtbot.waitUntil(lambda: not screen.ready.isVisible())


def test_an_order_that_is_over_is_kept_longer(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    show(qtbot, screen, OVER, ["old"])
    screen.longer.click()
    qtbot.waitUntil(lambda: listed(screen) == [])
    assert known(shop, "old").order.terms.until > screen.session.day


def test_an_order_that_is_let_go_waits_to_be_settled(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    pay_on(shop, "old", "20.00")
    show(qtbot, screen, OVER, ["old"])
    screen.let_go.click()
    qtbot.waitUntil(lambda: listed(screen) == [])
    assert known(shop, "old").status(screen.session.day) is Status.EXPIRED
    show(qtbot, screen, SETTLE, ["old"])
    assert not screen.let_go.isVisible()


def test_a_cashier_lets_nothing_go(qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage) -> None:
    shop.person = BEN
    show(qtbot, screen, OVER, ["old"])
    assert screen.let_go.isVisible()
    assert not screen.let_go.isEnabled()
    assert screen.longer.isEnabled()


def test_more_promised_than_there_is_has_a_list_of_its_own(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    place(shop, "many", Purpose.DELIVERY, "mug", quantity=Quantity.of(9))
    screen.session.refresh()
    qtbot.waitUntil(lambda: bool(screen.session.short))
    show(qtbot, screen, SHORT, ["kept", "many"])
    assert "10 promised, 7 here" in screen.short.text()


def test_an_order_is_found_by_its_code_and_its_paper_saved(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    assert screen.scanned(known(shop, "quoted").order.number)
    qtbot.waitUntil(lambda: listed(screen) == ["quoted"])
    press("Ctrl+S")
    qtbot.waitUntil(lambda: "Saved as" in screen.session.said)
    assert list((shop.folder / "documents").glob("order-*.pdf"))
    screen.card.paper.click()
    qtbot.waitUntil(lambda: "printing" in screen.session.said)
    screen.session.search("nobody at all")
    qtbot.waitUntil(lambda: listed(screen) == [])


def test_a_slip_to_fetch_its_goods_by_comes_out_at_a_station_without_a_till(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    shop.database.become_till("")
    screen.session.choose("kept")
    assert screen.card.slip.isVisible()
    press("Ctrl+Shift+P")
    qtbot.waitUntil(lambda: screen.session.said == "The slip is printing.")
    job = unsettled(shop.reader)[-1]
    assert (job.paper, job.document, job.role) == (PaperKind.PICK, "kept", "pick")
    press("Ctrl+P")
    qtbot.waitUntil(lambda: screen.session.said == "The paper is printing.")
    show(qtbot, screen, QUOTES, ["quoted"])
    assert not screen.card.slip.isVisible(), "nothing is fetched for a question about prices"


@pytest.mark.parametrize(("roles", "slip"), [({"pick", "receipt"}, "pick"), ({"receipt"}, "receipt"), (set(), "")])
def test_paper_is_offered_where_there_is_a_printer_for_it(
    shop: BackOffice, screen: OrdersScreen, stage: Stage, roles: set[str], slip: str
) -> None:
    screen.office = screen.session.office = replace(screen.office, has_printer=roles.__contains__)
    screen.session.choose("kept")
    assert screen.office.slip_printer == slip
    assert (screen.card.slip.isVisible(), screen.card.paper.isVisible()) == (bool(slip), "receipt" in roles)


def test_what_other_stations_do_is_shown(qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage) -> None:
    place(shop, "new", Purpose.DELIVERY, "cake")
    shop.feed.look()
    qtbot.waitUntil(lambda: "new" in listed(screen))
    assert replace(ANNA, id="") == known(shop, "new").order.party


def test_goods_are_changed_on_the_page_and_what_is_kept_follows(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    screen.list.move_to(1)
    press("Ctrl+E")
    editor = screen.editor
    assert editor is not None
    assert not screen.list.isEnabled(), "what is being changed stays in sight"
    assert screen.scanned("4006381333931")
    qtbot.keyClicks(editor.field, "2*oat")
    take_pictures(stage, "orders-change-search")
    press("Return")
    assert [wanted.row.product for wanted in editor.change.lines] == ["mug", "guji", "oat"]
    take_pictures(stage, "orders-change")
    assert [row.name for row in screen.unsaved()] == [f"Order {known(shop, 'kept').order.number}"]
    press("F12")
    qtbot.waitUntil(lambda: known(shop, "kept").order.total == Money.of("42.50", "GBP"))
    qtbot.waitUntil(lambda: screen.editor is None)
    assert "comes to £42.50 now" in screen.banner.text()
    assert screen.list.isEnabled()


def test_a_change_that_is_not_wanted_is_left(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    screen.card.goods.click()
    assert screen.editor is not None
    screen.editor.step(3)
    press("Esc")
    assert screen.editor is None
    assert not known(shop, "old").order.changed
    shop.person = None
    screen.session.refresh()
    qtbot.waitUntil(lambda: not screen.card.goods.isEnabled())


def test_a_change_that_is_refused_stays_to_be_put_right(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    screen.change_goods()
    assert screen.editor is not None
    screen.editor.step(1)
    order = known(shop, "old").order
    shop.do(ChangeOrder("old", order.rows, replace(order.terms, until="2020-02-01")))
    press("F12")
    qtbot.waitUntil(lambda: "changed at another place" in screen.banner.text())
    assert screen.editor is not None
    assert screen.editor.change.has_changes


def test_two_opinions_have_a_list_of_their_own_and_are_settled_there(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    assert OPINIONS not in dict(screen.pills._pills), "nobody looks for what there is none of"
    line = known(shop, "kept").order.rows[0].line
    shop.do(CancelOrder("kept", reason="moved away"))
    went = GoodsHandedOver("kept", "there", "2A-000007", "t2", (Portion(line, Quantity.of(1), Money.of(24, "GBP")),))
    with shop.database.transaction("ben", shop.clock.now()) as transaction:
        transaction.record(went)
    screen.session.refresh()
    qtbot.waitUntil(lambda: OPINIONS in dict(screen.pills._pills))
    show(qtbot, screen, OPINIONS, ["kept"])
    qtbot.waitUntil(lambda: len(screen.opinions.cards) == 2)
    assert any("Ben Ito" in words for _, words in screen.opinions.cards[0].lines)
    take_pictures(stage, "orders-opinions")
    press("Ctrl+1")
    qtbot.waitUntil(lambda: dispute(known(shop, "kept").order) is None)
    qtbot.waitUntil(lambda: listed(screen) == [])
    assert "Every station follows" in screen.banner.text()


def test_late_payments_have_a_list(qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage) -> None:
    show(qtbot, screen, LATE, [])
    plan = (Instalment(LONG_AGO, Money.of(10, "GBP")), Instalment("2999-01-31", Money.of(14, "GBP")))
    place(shop, "slow", Purpose.LAYAWAY, "mug", Terms(plan=plan))
    screen.session.refresh()
    qtbot.waitUntil(lambda: listed(screen) == ["slow"])
    assert "late since 31/01/2020" in screen.list.name_of(0)
    assert "late since" in screen.card.status.text()
    take_pictures(stage, "orders-late")
    pay_on(shop, "slow", "10.00")
    screen.session.refresh()
    qtbot.waitUntil(lambda: listed(screen) == [])


def test_all_that_are_over_are_let_go_in_one_go(
    qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage
) -> None:
    place(shop, "older", Purpose.LAYAWAY, "mug", Terms(until=LONG_AGO, fee=Fee(100_000)))
    pay_on(shop, "older", "10.00")
    show(qtbot, screen, OVER, ["older", "old"])
    assert screen.all_go.label == "Let all 2 go"
    assert "keeps £2.40 in fees and gives £7.60 back" in screen.short.text()
    take_pictures(stage, "orders-over")
    screen.all_go.click()
    assert screen.all_go.label == "Really all 2", "nothing brings them back: once more"
    assert known(shop, "older").order.has_open_rows
    screen.all_go.click()
    qtbot.waitUntil(lambda: listed(screen) == [])
    assert {known(shop, name).status(screen.session.day) for name in ("old", "older")} == {Status.EXPIRED}
    assert known(shop, "older").order.fee_due == Money.of("2.40", "GBP")
    show(qtbot, screen, SETTLE, ["older"])
    assert not screen.all_go.isVisible()


def test_a_cashier_lets_none_of_them_go(qtbot: QtBot, shop: BackOffice, screen: OrdersScreen, stage: Stage) -> None:
    place(shop, "older", Purpose.LAYAWAY, "mug", Terms(until=LONG_AGO))
    shop.person = BEN
    show(qtbot, screen, OVER, ["older", "old"])
    assert not screen.all_go.isEnabled()
