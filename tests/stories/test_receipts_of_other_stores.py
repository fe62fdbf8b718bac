"""Goods that were bought in one store come back in another, through a real service, and never twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.domain.body import from_json
from omsdesk.domain.other_store import KeepReceipt, ReceiptCopied
from omsdesk.domain.returns import MoreThanSold, ReturnGoods
from omsdesk.domain.sale_command import CompleteSale, TakeTender
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.ticket import completed_sale, receipt_of
from omsdesk.store.replay import rebuild
from omsdesk.sync.enrolment import reach
from omsdesk.sync.messages import ReceiptWish
from tests.domain.corner_shop import CASH, NOON, gbp
from tests.server.http.served import HOST, Served
from tests.stories.business import Branch, head_office


class Business:
    """A service with its tables, two stores and a head office."""

    def __init__(self, folder: Path) -> None:
        self.served = Served(folder / "service.db", tables=folder / "tables")
        self.tenant = self.served.found()
        self.corner = self.branch(folder / "corner", 1, "s1")
        self.corner.found_business()
        self.corner.turn()
        self.harbour = self.branch(folder / "harbour", 2, "s2")
        self.harbour.turn()
        self.office = head_office(folder / "office", self.address, self.served.code(self.tenant, "*"))
        self.corner.open_till("t1", NOON)
        self.harbour.open_till("h1", NOON)
        self.turn()

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.served.port}"

    def branch(self, folder: Path, seed: int, store: str) -> Branch:
        return Branch(folder, seed, self.address, self.served.code(self.tenant, store))

    def turn(self, *branches: Branch) -> None:
        for branch in branches or (self.corner, self.harbour, self.office, self.corner, self.harbour):
            branch.turn()

    def close(self) -> None:
        for branch in (self.corner, self.harbour, self.office):
            branch.close()
        self.served.stop()


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path)
    yield made
    made.close()


def ask(branch: Branch, number: str = "", sale: str = "") -> list[ReceiptCopied]:
    """Ask the service as a till does."""
    with closing(reach(branch.service, branch.database.station.device, branch.keys)) as line:
        found = line.find_receipt(ReceiptWish(number, sale))
    facts = [from_json(ReceiptCopied.kind, row.version, row.body) for row in found.receipts]
    assert all(isinstance(fact, ReceiptCopied) for fact in facts)
    return [fact for fact in facts if isinstance(fact, ReceiptCopied)]


def fetch(branch: Branch, sale: str) -> None:
    """Ask for a receipt and write it down."""
    for receipt in ask(branch, sale=sale):
        branch.do(KeepReceipt(receipt), actor="cara")


def take_back(branch: Branch, sold: str, counts: Sequence[int]) -> str:
    """Take so many of each line of a receipt back, and pay the money out."""
    receipt = receipt_of(branch.database.writer, sold)
    assert receipt is not None
    ticket = branch.clock.new_id()
    lines = zip(receipt.sold.lines, counts, strict=True)
    branch.do(
        *(
            ReturnGoods(ticket, branch.clock.new_id(), sold, row.line, Quantity.of(count))
            for row, count in lines
            if count
        ),
        actor="max",
    )
    due = due_on(branch, ticket)
    branch.do(TakeTender(ticket, branch.clock.new_id(), CASH, due), CompleteSale(ticket), actor="max")
    return ticket


def due_on(branch: Branch, ticket: str) -> Money:
    state = queries.sale_state(branch.database.writer, ticket)
    assert state is not None
    return state.due


def number_of(branch: Branch, sale: str) -> str:
    found = completed_sale(branch.database.writer, sale)
    assert found is not None
    return found[0].number


def back(branch: Branch, sale: str) -> list[int]:
    """How many of each line came back, as far as a station knows."""
    receipt = receipt_of(branch.database.writer, sale)
    assert receipt is not None
    return [receipt.back[row.line].micro // ONE.micro for row in receipt.sold.lines]


def test_what_one_store_sold_comes_back_in_another(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    sale = corner.sell_at(NOON, ["coffee", "tea"])
    business.turn(corner)
    assert receipt_of(harbour.database.writer, sale) is None
    number = number_of(corner, sale)
    (told,) = ask(harbour, number=number)
    assert told.sold.number == number
    assert told.back == ()
    harbour.do(KeepReceipt(told), actor="cara")
    known = receipt_of(harbour.database.writer, sale)
    assert known is not None
    assert known.store == "Corner Shop"
    ticket = take_back(harbour, sale, [1, 0])
    found = completed_sale(harbour.database.writer, ticket)
    assert found is not None
    assert found[0].total == gbp("-3.20")
    (line,) = found[0].lines
    assert line.returned is not None
    assert (line.returned.shop, line.returned.store, line.returned.number) == ("s1", "Corner Shop", number)
    business.turn()
    assert [back(branch, sale) for branch in (corner, harbour, office)] == [[1, 0]] * 3
    refusal = corner.refusal(
        ReturnGoods(corner.clock.new_id(), corner.clock.new_id(), sale, told.sold.lines[0].line, ONE), actor="max"
    )
    assert isinstance(refusal, MoreThanSold)
    take_back(corner, sale, [0, 1])
    business.turn()
    (again,) = ask(harbour, number=number)
    assert sorted(part.shop for part in again.back) == ["s1", "s2"]
    harbour.do(KeepReceipt(again), actor="cara")
    assert back(harbour, sale) == [1, 1]
    for branch in (corner, harbour, office):
        rebuild(branch.database)
        assert back(branch, sale) == [1, 1]
