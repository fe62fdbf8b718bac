"""The reports page on a stage, with a till that has sold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.account import AccountMoved, MoveReason
from omsdesk.domain.cash import CloseShift, Counted, OpenShift
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.values import ONE, Money
from omsdesk.store.queries.ticket import completed_sale
from omsdesk.store.queries.till import product_by_id, shop_of
from omsdesk.ui.reports.office import Office
from omsdesk.ui.reports.screen import ReportsScreen
from tests.ui.back_office import BackOffice, Stage, put_on_stage
from tests.ui.till.card_shop import GIFT


def sell(shop: BackOffice, *products: str) -> str:
    """Sell products for cash, as the cashier; gives the sale."""
    where = shop_of(shop.reader, "t1")
    assert where is not None
    sale = shop.clock.new_id()
    for product in products:
        found = product_by_id(shop.reader, product, where, shop.clock.now().day)
        assert found is not None
        shop.do(AddLine(sale, shop.clock.new_id(), found.article, ONE), actor="ben")
    cash = where.tender_methods[0]
    shop.do(TakeTender(sale, shop.clock.new_id(), cash, Money(20000, "GBP")), CompleteSale(sale), actor="ben")
    return sale


def traced(shop: BackOffice, lot: str = "L7") -> str:
    """Sell oat milk of a lot to nobody in particular; gives the lot."""
    where = shop_of(shop.reader, "t1")
    assert where is not None
    found = product_by_id(shop.reader, "oat", where, shop.clock.now().day)
    assert found is not None
    sale = shop.clock.new_id()
    shop.do(AddLine(sale, shop.clock.new_id(), found.article, ONE, lot=lot), actor="ben")
    shop.do(TakeTender(sale, shop.clock.new_id(), where.tender_methods[0], Money(20000, "GBP")), CompleteSale(sale))
    return lot


def complete_again(shop: BackOffice, sale: str, number: str) -> None:
    """Let the second till have completed a sale, too, without either till hearing of the other."""
    found = completed_sale(shop.reader, sale)
    assert found is not None
    with shop.database.transaction("ben", shop.clock.now()) as transaction:
        transaction.record(replace(found[0], number=number, till="t2", shift="shift-9", turn=3))


def hear(shop: BackOffice, amount: int, account: str = GIFT, till: str = "t1", currency: str = "GBP") -> None:
    """Let something have moved on an account."""
    reason = MoveReason.LOADED if amount > 0 else MoveReason.SPENT
    moved = AccountMoved(account, shop.clock.new_id(), amount, currency, reason, till, "sale", "1A-000001")
    with shop.database.transaction("ben", shop.clock.now()) as transaction:
        transaction.record(moved)


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[BackOffice]:
    """Open a shop with one closed shift, and one that is open."""
    made = BackOffice(tmp_path)
    made.set_up()
    made.stock()
    made.do(OpenShift("shift-1", Money(10000, "GBP")), actor="ben")
    for goods in (("guji", "mug"), ("oat", "oat", "brew"), ("cake",)):
        sell(made, *goods)
    made.do(CloseShift("shift-1", (Counted("cash", Money(15020, "GBP")),)), actor="ben")
    made.do(OpenShift("shift-2", Money(10000, "GBP")), actor="ben")
    sell(made, "grinder")
    yield made
    made.close()


@pytest.fixture
def reports(shop: BackOffice, tmp_path: Path) -> ReportsScreen:
    """Make the screen."""
    folder = tmp_path / "documents"
    return ReportsScreen(
        Office(shop.reader, shop.work, shop.feed, shop.clock, "t1", lambda: shop.person, lambda: folder)
    )


@pytest.fixture
def stage(qtbot: QtBot, reports: ReportsScreen) -> Stage:
    """Show it, with its first paper drawn."""
    stage = put_on_stage(qtbot, reports)
    qtbot.waitUntil(lambda: bool(reports.session.drawn.pages), timeout=10_000)
    return stage
