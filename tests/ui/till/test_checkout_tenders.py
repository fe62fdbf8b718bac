"""A ticket is paid whichever way people pay: every mix of tenders, cash that is rounded, and change to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.set_up import country_preset
from omsdesk.domain.cash import CashMoved, CashReason
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import PaperKind, PrintAsked
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.database import open_database
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import CARD, CASH, GIFT, code_of, set_up

METHODS = {method.code: method for method in (CASH, CARD, GIFT)}
MIXES = [mix for length in (1, 2, 3) for mix in product(METHODS, repeat=length)]


def paid(bench: Bench) -> SaleCompleted:
    (sale,) = bench.facts(SaleCompleted)
    return sale


def cash_moved(bench: Bench) -> list[Money]:
    return [fact.amount for fact in bench.facts(CashMoved) if fact.reason is CashReason.SALE]


@pytest.mark.parametrize("mix", MIXES, ids=" + ".join)
def test_every_mix_of_tenders_pays_a_ticket(bench: Bench, mix: tuple[str, ...]) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.open()
    for number, method in enumerate(mix, 1):
        is_last = number == len(mix)
        bench.checkout.pay(METHODS[method], None if is_last else euros("7.01"))
        assert bench.checkout.is_open is not is_last
    sale = paid(bench)
    assert [row.method for row in sale.tenders] == list(mix)
    assert sum((row.amount for row in sale.tenders), start=euros("0.00")) == sale.total == euros("24.00")
    in_drawer = sum((row.amount for row in sale.tenders if row.kind is TenderKind.CASH), start=euros("0.00"))
    assert cash_moved(bench) == ([in_drawer] if "cash" in mix else [])
    (receipt,) = [fact for fact in bench.facts(PrintAsked) if fact.paper is PaperKind.RECEIPT]
    assert receipt.opens_drawer is ("cash" in mix)


@pytest.mark.parametrize(("method", "is_taken"), [("cash", True), ("card", False), ("voucher", False)])
def test_only_cash_gives_change(bench: Bench, method: str, *, is_taken: bool) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay(METHODS[method], euros("20.00"))
    assert bool(bench.facts(SaleCompleted)) is is_taken
    if is_taken:
        assert bench.checkout.change == euros("7.10")
    else:
        assert bench.said == f"{METHODS[method].name} cannot give change: take €12.90 at most."
        assert bench.checkout.due == euros("12.90")


@pytest.mark.parametrize("paper", Paper)
def test_the_drawer_opens_for_cash_whatever_the_customer_takes_home(bench: Bench, paper: Paper) -> None:
    bench.checkout.paper = paper
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay_exactly()
    (asked,) = bench.facts(PrintAsked)
    assert asked.opens_drawer
    # Nobody is known whom an e-mail could go to: they take paper home.
    assert asked.paper is (PaperKind.DRAWER if paper in {Paper.PDF, Paper.NONE} else PaperKind.RECEIPT)


def test_a_payment_of_nothing_asks_for_the_amount(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay(CASH, euros("-5.00"))
    assert bench.said == "Type the amount that was given."
    assert bench.facts(SaleCompleted) == []


def test_an_amount_that_was_a_barcode_is_refused(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("guji"))
    bench.checkout.pay(CASH, Money(4_001_234_500_027, "EUR"))
    assert "Was a barcode typed as the amount?" in bench.said
    assert bench.checkout.due == euros("12.90")


def test_parts_are_given_back_one_by_one(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    for method, amount in ((CASH, "1.00"), (CARD, "2.00"), (GIFT, "3.00")):
        bench.checkout.pay(method, euros(amount))
    assert bench.checkout.due == euros("18.00")
    for due in ("20.00", "23.00", "24.00"):
        assert bench.checkout.sale is not None
        tenders = bench.checkout.sale.tenders
        bench.checkout.give_back(tenders[1] if len(tenders) > 2 else tenders[-1])
        assert bench.checkout.due == euros(due)
    bench.checkout.pay(CARD)
    assert [row.method for row in paid(bench).tenders] == ["card"]


def test_a_payment_given_back_twice_was_given_back(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("mug"))
    bench.checkout.pay(CASH, euros("1.00"))
    assert bench.checkout.sale is not None
    (tender,) = bench.checkout.sale.tenders
    bench.checkout.give_back(tender)
    bench.checkout.give_back(tender)
    assert bench.said == "This payment is not on the ticket any more."


def test_a_free_ticket_ends_without_a_payment(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("open"))
    bench.session.intake.price_typed(euros("0.00"))
    bench.checkout.pay_exactly()
    sale = paid(bench)
    assert (sale.total, sale.tenders) == (euros("0.00"), ())
    assert not bench.checkout.change


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(METHODS)), st.integers(1, 3000)), min_size=1, max_size=5))
def test_whatever_is_handed_over_the_sums_are_right(
    tmp_path_factory: pytest.TempPathFactory, handed: list[tuple[str, int]]
) -> None:
    bench = Bench(set_up(tmp_path_factory.mktemp("shop")))
    for number in ("mug", "guji", "bag"):
        bench.session.intake.scanned(code_of(number))
    for method, minor in handed:
        bench.checkout.pay(METHODS[method], Money(minor, "EUR"))
    bench.checkout.pay(CARD)
    sale = paid(bench)
    assert sum((row.amount for row in sale.tenders), start=euros("0.00")) == sale.total == euros("37.10")
    for row in sale.tenders:
        assert row.given - row.change == row.amount + row.rounding
        assert row.kind is TenderKind.CASH or not row.change
    bench.close()


# --- cash that is rounded ---------------------------------------------------------------------------------------------

SWISS_PRICES = {"7610000000010": "9.99", "7610000000027": "0.02", "7610000000034": "12.53"}


@pytest.fixture
def swiss(tmp_path: Path) -> Iterator[Bench]:
    """A till in Switzerland, where the smallest coin is five Rappen."""
    clock = SystemClock()
    database = open_database(tmp_path / "shop.db", clock.new_id)
    shop = replace(country_preset("CH").shop("s1", "Bergladen"), locale="de-CH")
    edits = tuple(
        ProductEdit(code, name=f"Ware {price}", price=Money.of(price, "CHF"), barcodes=(PackCode(barcode_key(code)),))
        for code, price in SWISS_PRICES.items()
    )
    done = Executor(database, clock).execute(
        SYSTEM, SaveShop(shop), SaveTill(Till("t1", "s1", "1", "Kasse 1")), SaveProducts("first", edits)
    )
    assert isinstance(done, Done), done
    database.become_till("t1")
    database.close()
    bench = Bench(tmp_path / "shop.db", person="")
    yield bench
    bench.close()


def francs(amount: str) -> Money:
    return Money.of(amount, "CHF")


def way(bench: Bench, kind: TenderKind) -> TenderMethod:
    return next(method for method in bench.checkout.methods if method.kind is kind)


@pytest.mark.parametrize(
    ("code", "asked", "rounding"),
    [("7610000000010", "10.00", "0.01"), ("7610000000034", "12.55", "0.02"), ("7610000000027", "0.00", "-0.02")],
)
def test_cash_is_rounded_to_the_smallest_coin_and_the_difference_is_kept(
    swiss: Bench, code: str, asked: str, rounding: str
) -> None:
    swiss.session.intake.scanned(code)
    assert swiss.checkout.cash is not None
    assert swiss.checkout.cash.asks(swiss.checkout.due) == francs(asked)
    swiss.checkout.pay_exactly()
    sale = paid(swiss)
    (tender,) = sale.tenders
    assert (tender.given, tender.rounding, tender.amount) == (francs(asked), francs(rounding), sale.total)
    figures = swiss.state.shift.figures()
    assert figures is not None
    assert figures.rounding == francs(rounding)


def test_a_card_pays_to_the_rappen(swiss: Bench) -> None:
    swiss.session.intake.scanned("7610000000010")
    swiss.checkout.pay(way(swiss, TenderKind.CARD))
    (tender,) = paid(swiss).tenders
    assert (tender.amount, tender.rounding) == (francs("9.99"), francs("0.00"))


def test_the_change_of_rounded_cash_is_in_coins_that_exist(swiss: Bench) -> None:
    swiss.session.intake.scanned("7610000000034")
    assert swiss.checkout.cash is not None
    swiss.checkout.pay(swiss.checkout.cash, francs("20.00"))
    assert swiss.checkout.change == francs("7.45")
    assert cash_moved(swiss) == [francs("12.55")]


def test_a_card_pays_a_part_and_cash_the_rounded_rest(swiss: Bench) -> None:
    swiss.session.intake.scanned("7610000000034")
    swiss.checkout.pay(way(swiss, TenderKind.CARD), francs("2.50"))
    assert swiss.checkout.due == francs("10.03")
    swiss.checkout.pay_exactly()
    card, cash = paid(swiss).tenders
    assert (card.amount, cash.given, cash.rounding) == (francs("2.50"), francs("10.05"), francs("0.02"))


def test_cash_first_is_taken_as_it_is_given_and_the_card_pays_the_odd_rest(swiss: Bench) -> None:
    swiss.session.intake.scanned("7610000000034")
    assert swiss.checkout.cash is not None
    swiss.checkout.pay(swiss.checkout.cash, francs("10.00"))
    swiss.checkout.pay(way(swiss, TenderKind.CARD))
    cash, card = paid(swiss).tenders
    assert (cash.rounding, card.amount) == (francs("0.00"), francs("2.53"))


def test_the_round_amounts_that_are_offered_begin_above_the_rounded_due(swiss: Bench) -> None:
    swiss.session.intake.scanned("7610000000010")
    assert all(amount > francs("10.00") for amount in swiss.checkout.quick_cash())


def test_the_drawer_of_a_day_of_rounded_cash_adds_up(swiss: Bench) -> None:
    for code in SWISS_PRICES:
        swiss.session.intake.scanned(code)
        swiss.checkout.pay_exactly()
    figures = swiss.state.shift.figures()
    assert figures is not None
    cash = figures.tenders[0]
    assert cash.expected == francs("150.00") + francs("22.55")
    assert figures.total + figures.rounding == francs("22.55")
