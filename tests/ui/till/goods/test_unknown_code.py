"""A barcode that nobody knows becomes a product, and the product goes on the ticket."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.catalogue import ProductsSaved
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import code_of, set_up

CODE = "4099999999991"


def test_the_product_is_made_and_sold_in_the_same_breath(bench: Bench) -> None:
    bench.state.unknown.open(CODE)
    bench.state.unknown.save(" Blood orange ", euros("0.80"), "food", "Fruit")
    assert bench.lines == [("1", "Blood orange")]
    row = bench.session.lines[0]
    assert row.article.category == "Fruit"
    assert [tax.percent for tax in row.article.taxes] == ["7 %"]
    bench.session.intake.scanned(CODE)
    assert bench.lines == [("2", "Blood orange")]


def test_scans_wait_until_the_product_is_made(bench: Bench) -> None:
    bench.state.unknown.open(CODE)
    bench.session.intake.scanned(code_of("oat"))
    assert bench.session.intake.waiting == [code_of("oat")]
    bench.state.unknown.save("Blood orange", euros("0.80"), "food", "")
    assert bench.lines == [("1", "Blood orange"), ("1", "Oat milk 1 L")]


def test_scans_come_in_when_it_is_given_up(bench: Bench) -> None:
    bench.state.unknown.open(CODE)
    bench.session.intake.scanned(code_of("oat"))
    bench.state.unknown.give_up()
    assert bench.lines == [("1", "Oat milk 1 L")]
    assert len(bench.facts(ProductsSaved)) == 1
    bench.state.unknown.give_up()


def test_a_refusal_keeps_it_open(bench: Bench) -> None:
    bench.state.unknown.open(code_of("oat"))
    bench.state.unknown.save("Another milk", euros("0.80"), "food", "")
    assert "belongs to another product already" in bench.said
    assert bench.state.unknown.code == code_of("oat")
    assert bench.session.intake.is_deciding


def test_a_cashier_may_not(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path), person="ben")
    assert not bench.state.unknown.is_allowed
    bench.close()


def test_what_can_be_chosen_is_what_there_is(bench: Bench) -> None:
    assert "Drinks" in bench.state.unknown.categories()
    assert [rate.category for rate in bench.state.unknown.tax_rates()] == ["standard", "food"]
