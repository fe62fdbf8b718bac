"""What is to be printed, without a window: products, groups, counts, and what became of them."""

from __future__ import annotations

import pytest

from omsdesk.domain.printing import NotePrint, PrintState
from omsdesk.store.queries.printing import label_batch, label_batches
from omsdesk.ui.labels.printing import NO_TILL, LabelPrinting, is_under_way
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
    assert printing.chosen == "guji"


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
    assert (printing.chosen, counts(printing)) == ("guji", [("guji", 1)])
    printing.remove()
    assert (printing.chosen, printing.session.product) == ("", "")


def test_a_station_that_is_no_till_prints_nothing(shop: BackOffice) -> None:
    office = Office(shop.reader, shop.work, shop.feed, shop.clock, Post(lambda: ""), lambda: shop.person)
    printing = LabelPrinting(LabelsSession(office))
    printing.want(["guji"])
    assert not printing.can_print
    printing.print()
    assert printing.refusal == NO_TILL
    printing.refresh()
    until(lambda: printing.batches == [])


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
    assert (printing.wanted, printing.session.product) == ([], "")


@pytest.mark.parametrize("state", PrintState)
def test_batches_stay_in_sight_until_they_ended(printing: LabelPrinting, shop: BackOffice, state: PrintState) -> None:
    printing.print_one()
    until(lambda: printing.batches)
    if state is not PrintState.QUEUED:
        shop.do(NotePrint(printing.batches[0].job.job, state, "why"))
    (batch,) = label_batches(shop.reader, "t1")
    assert is_under_way(batch) is (state not in {PrintState.PRINTED, PrintState.SENT, PrintState.CANCELLED})
