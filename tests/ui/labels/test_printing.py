"""What is to be printed, without a window: products, groups, counts, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from omsdesk.actions.set_up import country_preset
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import Money
from omsdesk.store.queries.printing import label_batch, label_batches
from omsdesk.ui.days import day_text, read_day
from omsdesk.ui.labels.printing import LabelPrinting, is_under_way
from omsdesk.ui.labels.session import LabelsSession
from omsdesk.ui.office import Office, Post
from tests.ui.back_office import BackOffice, until


@pytest.fixture
def printing(office: Office) -> LabelPrinting:
    return LabelPrinting(LabelsSession(office))


def counts(printing: LabelPrinting) -> list[tuple[str, int]]:
    return [(row.product, row.count) for row in printing.wanted]


def test_what_is_wanted_again_is_one_more(printing: LabelPrinting) -> None:
    printing.want(["guji", "oat", "guji", "nowhere"])
    assert counts(printing) == [("guji", 2), ("oat", 1)]
    assert printing.count == 3
    assert printing.labels.chosen == "guji"


@pytest.mark.parametrize(("typed", "count"), [("12", 12), ("0", 1), ("", 1), ("many", 1), ("-3", 1)])
def test_a_count_is_a_whole_number_above_nought(printing: LabelPrinting, typed: str, count: int) -> None:
    printing.want(["guji"])
    printing.set_count(typed)
    assert counts(printing) == [("guji", count)]


def test_a_group_adds_what_is_not_wanted_yet(printing: LabelPrinting) -> None:
    printing.want(["guji"])
    printing.set_count("5")
    printing.want_group("Coffee")
    until(lambda: len(printing.wanted) == 3)
    assert ("guji", 5) in counts(printing)


def test_what_was_typed_first_and_found_last_is_not_shown(printing: LabelPrinting) -> None:
    for text in ("o", "oa", "oat", "oat m"):
        printing.search(text)
    until(lambda: [row.product for row in printing.found] == ["oat"])
    printing.search("")
    assert printing.found == []


def test_removing_the_last_shows_the_sample_again(printing: LabelPrinting) -> None:
    printing.want(["guji", "oat"])
    printing.remove()
    assert (printing.labels.chosen, counts(printing)) == ("guji", [("guji", 1)])
    printing.remove()
    assert (printing.labels.chosen, printing.session.product) == ("", "")


def test_a_station_that_is_no_till_prints_labels_of_the_shop_that_it_looks_at(shop: BackOffice) -> None:
    shop.do(SaveShop(replace(country_preset("DE").shop("z9", "Harbour"), id="z9")))
    shop.database.become_till("")
    post = Post(lambda: "", chosen=lambda: "z9")
    printing = LabelPrinting(
        LabelsSession(Office(shop.reader, shop.work, shop.feed, shop.clock, post, lambda: shop.person))
    )
    printing.want(["guji"])
    printing.print()
    until(lambda: printing.batches)
    (batch,) = printing.batches
    known = label_batch(shop.reader, batch.job.document)
    assert known is not None
    assert (known.shop, known.till, batch.job.state) == ("z9", "", PrintState.QUEUED)
    assert (printing.refusal, counts(printing)) == ("", [])


def test_what_is_printed_is_a_fact_with_all_that_it_says(printing: LabelPrinting, shop: BackOffice) -> None:
    printing.want(["guji", "oat"])
    printing.set_count("7")
    printing.print()
    until(lambda: printing.batches)
    assert printing.said == "8 labels are printing"
    known = label_batch(shop.reader, printing.batches[0].job.job)
    assert known is not None
    assert [(row.product, row.count) for row in known.rows] == [("guji", 1), ("oat", 7)]
    assert known.design == printing.session.design
    assert (printing.count, printing.session.product) == (0, "")


@pytest.mark.parametrize("state", PrintState)
def test_batches_stay_in_sight_until_they_ended(printing: LabelPrinting, shop: BackOffice, state: PrintState) -> None:
    printing.print_one()
    until(lambda: printing.batches)
    if state is not PrintState.QUEUED:
        shop.do(NotePrint(printing.batches[0].job.job, state, "why"))
    (batch,) = label_batches(shop.reader)
    assert is_under_way(batch) is (state not in {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED})


def test_many_products_are_named_in_another_thread(printing: LabelPrinting, shop: BackOffice) -> None:
    edits = tuple(ProductEdit(f"n{no}", name=f"Nail {no}") for no in range(300))
    shop.do(SaveProducts("nails", edits))
    printing.want([edit.product for edit in edits])
    assert not printing.wanted
    until(lambda: printing.count == 300)
    assert (printing.wanted[7].title, printing.labels.chosen) == ("Nail 7", "n299")
    printing.want([edit.product for edit in edits])
    until(lambda: printing.count == 600)
    printing.set_all("3")
    assert printing.count == 900
    printing.set_all("none")
    assert printing.count == 900
    printing.clear()
    assert (printing.count, printing.session.product) == (0, "")


def test_what_changed_since_a_day_is_wanted_beside_what_is_wanted_already(
    printing: LabelPrinting, shop: BackOffice
) -> None:
    printing.want(["guji"])
    printing.set_count("4")
    shop.do(SaveProducts("dear", (ProductEdit("guji", 1, price=Money.of("13.50", "GBP")),)))
    printing.look_since("today")
    assert printing.is_looking
    until(lambda: not printing.is_looking)
    assert ("guji", 4) in counts(printing)
    assert len(printing.wanted) == 12, "all are new in this shop"
    assert printing.said.startswith("11 products changed since")
    printing.print()
    until(lambda: printing.batches)
    printing.look_since("")
    until(lambda: printing.said.startswith("No label is out of date since"))


def test_a_day_that_is_none_is_said(printing: LabelPrinting) -> None:
    printing.look_since("last spring")
    assert "is not a day" in printing.refusal
    assert not printing.is_looking


def test_a_week_is_proposed_and_the_day_of_the_last_printing_if_that_was_before(
    printing: LabelPrinting, shop: BackOffice
) -> None:
    printing.refresh()
    until(lambda: printing.since)
    now = shop.clock.now()
    week = read_day(day_text(printing.since, "en-GB"), "en-GB", now.day)
    assert 0 < (now.local.date() - date.fromisoformat(week)).days == 7
    assert printing._first_day(now.utc_ms) == week
    assert printing._first_day(now.utc_ms - 30 * 86_400_000) < week
