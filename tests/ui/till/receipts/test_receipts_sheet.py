"""Receipts of every till of the shop, looked at and printed at this one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.printing import PaperKind, PrintAsked
from omsdesk.store import journal
from omsdesk.store.queries import receipts
from omsdesk.ui.till.receipts.receipts_sheet import ReceiptsSheet
from omsdesk.ui.till.screen import Mode
from tests.ui.till.bench import Bench, euros
from tests.ui.till.neighbour import Neighbour, hear
from tests.ui.till.shop import Station, code_of


class Pair:
    """Till 1 in a window, and till 2 beside it."""

    def __init__(self, till: Station, folder: Path) -> None:
        self.till = till
        self.other = Neighbour(folder, till.database)
        self.bring()

    def bring(self) -> None:
        """Let till 1 hear what till 2 did."""
        self.till.writer.run(lambda: hear(self.till.database, self.other.database)).result()
        self.till.settle()

    def rows(self) -> list[str]:
        """What the sheet lists."""
        shown = self.till.sheet(ReceiptsSheet).list
        return [shown.name_of(row) for row in range(shown.count())]

    def numbers(self) -> list[str]:
        return [row.partition(",")[0] for row in self.rows()]

    def shows(self, *numbers: str) -> None:
        self.till.until(lambda: self.numbers() == list(numbers))


@pytest.fixture
def pair(till: Station, tmp_path: Path) -> Iterator[Pair]:
    made = Pair(till, tmp_path)
    yield made
    made.other.close()


def sell(till: Station, product: str) -> None:
    till.scan(code_of(product))
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F12)


def test_this_till_comes_first_and_all_tills_are_one_key_away(pair: Pair) -> None:
    sell(pair.till, "guji")
    pair.other.sell("oat")
    pair.bring()
    pair.till.press(Qt.Key.Key_F8)
    pair.shows("1A-000001")
    pair.till.press(Qt.Key.Key_F8)
    pair.shows("2A-000001", "1A-000001")
    assert pair.rows()[0].startswith("2A-000001, Till 2 · ")
    assert "Till" not in pair.rows()[1], "of one's own till it goes without saying"
    pair.till.press(Qt.Key.Key_F8)
    pair.shows("1A-000001")


def test_a_shop_with_one_till_is_not_asked_which(till: Station) -> None:
    sell(till, "guji")
    till.press(Qt.Key.Key_F8)
    assert not till.sheet(ReceiptsSheet).all_tills.isVisible()
    till.press(Qt.Key.Key_F8)
    assert not till.sheet(ReceiptsSheet).all_tills.isChecked()


def test_typing_finds_the_number_of_any_till_and_enter_looks_before_it_prints(pair: Pair) -> None:
    sell(pair.till, "guji")
    pair.other.sell("oat")
    pair.bring()
    pair.till.press(Qt.Key.Key_F8)
    pair.till.type_in("2A-1")
    pair.shows("2A-000001")
    pair.till.press(Qt.Key.Key_Return)
    assert pair.till.sheet(ReceiptsSheet).list.hasFocus(), "nothing was printed yet"
    pair.till.press(Qt.Key.Key_Return)
    pair.till.until(lambda: pair.till.said == "The copy is printing.")


def test_what_another_till_printed_comes_out_as_a_copy(pair: Pair) -> None:
    sale = pair.other.sell("oat")
    pair.bring()
    pair.till.scan("2A-000001")
    pair.till.press(Qt.Key.Key_Return)
    pair.till.until(lambda: bool(pair.till.said))
    asked = [entry.fact for entry in journal.since(pair.till.reader, 0, 10_000) if isinstance(entry.fact, PrintAsked)]
    assert [(fact.document, fact.paper, fact.till, fact.is_copy) for fact in asked if fact.till == "t1"] == [
        (sale, PaperKind.RECEIPT, "t1", True)
    ]


def test_a_number_that_nobody_has_is_said_to_be_none(pair: Pair) -> None:
    sell(pair.till, "guji")
    pair.till.press(Qt.Key.Key_F8)
    pair.till.type_in("77")
    sheet = pair.till.sheet(ReceiptsSheet)
    pair.till.until(lambda: sheet.empty.sentence.text() == "No receipt has the number “77”.")
    assert sheet.empty.isVisible()
    assert not sheet.copy.isEnabled()
    assert not sheet.paper.isVisible()


@pytest.mark.parametrize("way", ["typed", "scanned number", "scanned code"])
def test_a_receipt_that_is_asked_for_in_the_search_field_opens(pair: Pair, way: str) -> None:
    till = pair.till
    sale = pair.other.sell("oat")
    pair.bring()
    till.scan(code_of("guji"))
    if way == "typed":
        till.type_in("2a-000001")
        till.until(lambda: till.screen.sell.results.count() == 1)
        assert till.screen.sell.results.name_of(0).startswith("2A-000001, Till 2 · ")
        till.press(Qt.Key.Key_Return)
    else:
        till.scan(sale if way == "scanned code" else "2A-000001")
    pair.shows("2A-000001")
    assert len(till.lines) == 1, "the ticket in work stays"
    assert till.screen.sell.field.text() == ""
    till.press(Qt.Key.Key_Escape)
    assert till.screen.sheet is None


def test_a_receipt_is_scanned_into_the_open_sheet_and_goods_go_on_the_ticket(pair: Pair) -> None:
    sale = pair.other.sell("oat")
    pair.bring()
    sell(pair.till, "guji")
    pair.till.press(Qt.Key.Key_F8)
    pair.till.scan(sale)
    pair.shows("2A-000001")
    pair.till.scan(code_of("mug"))
    pair.till.until(lambda: bool(pair.till.lines))
    pair.shows("2A-000001")


def test_a_receipt_opens_in_the_moment_after_a_sale(pair: Pair) -> None:
    pair.till.scan(code_of("guji"))
    pair.till.press(Qt.Key.Key_F5)
    pair.till.until(lambda: pair.till.is_in(Mode.DONE))
    pair.till.scan("1A-000001")
    pair.shows("1A-000001")


# ---- without a window


def test_a_receipt_that_is_not_here_is_no_new_product(bench: Bench, tmp_path: Path) -> None:
    other = Neighbour(tmp_path, bench.database)
    hear(bench.database, other.database)
    sale = other.sell("oat")
    for code, name in (("2A-000001", "Receipt 2A-000001"), (sale, "This receipt")):
        bench.session.intake.scanned(code)
        assert bench.counter.notice is not None
        assert bench.counter.notice.code == "", "nobody is asked to make a product of it"
        assert bench.said.startswith(f"{name} is not known here.")
    other.close()


def test_goods_come_before_receipts(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    bench.session.intake.scanned("GUJI")
    assert not bench.session.intake.receipts_wanted
    bench.session.intake.scanned("1A-000001")
    assert bench.session.intake.receipts_wanted == tuple(receipts.by_number(bench.reader, "1A-000001"))


def test_a_serial_number_finds_the_receipt_of_its_goods(till: Station) -> None:
    radio = ProductEdit("radio", name="Radio", price=euros("79.00"), tax_category="standard", asks_serial=True)
    till.do(SaveProducts("radio", (radio,)))
    till.settle()
    till.state.session.intake.chosen("radio")
    till.scan("SN-4711")
    till.settle()
    till.press(Qt.Key.Key_F5)
    till.press(Qt.Key.Key_F12)
    sell(till, "guji")
    till.press(Qt.Key.Key_F8)
    till.scan("SN-4711")
    sheet = till.sheet(ReceiptsSheet)
    till.until(lambda: sheet.list.count() == 1)
    assert "€79.00" in sheet.list.name_of(0)
    assert sheet.field.text() == "SN-4711"
    sheet.field.clear()
    till.scan("]C10104006381333931" + "21SN-4711")
    assert sheet.field.text() == "SN-4711", "its label says it, too"
