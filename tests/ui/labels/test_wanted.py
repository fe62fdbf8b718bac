"""Which labels are wanted, and how many of each."""

from __future__ import annotations

import pytest

from omsdesk.domain.labels import LabelValue
from omsdesk.ui.labels.wanted import Wanted, WantedLabels

MUG, TEA, OIL = (Wanted(id, id.title(), "") for id in ("mug", "tea", "oil"))
LOT = (LabelValue("lot", "L1"),)


@pytest.fixture
def labels() -> WantedLabels:
    made = WantedLabels()
    for row in (MUG, TEA, OIL):
        made.add(row)
    return made


def counts(labels: WantedLabels) -> dict[str, int]:
    return {row.product: row.count for row in labels.rows}


def test_the_last_one_is_chosen_and_counted(labels: WantedLabels) -> None:
    assert labels.chosen == "oil"
    labels.set_count(7)
    assert counts(labels) == {"mug": 1, "tea": 1, "oil": 7}
    assert labels.count == 9
    assert list(counts(labels)) == ["mug", "tea", "oil"]


def test_one_more_of_the_same_keeps_its_place_and_takes_what_a_scan_says(labels: WantedLabels) -> None:
    labels.add(Wanted("mug", "Mug", "", 1, LOT))
    labels.add(MUG)
    found = labels.find("mug")
    assert found is not None
    assert (found.count, found.values, labels.rows[0]) == (3, LOT, found)


def test_as_many_for_all(labels: WantedLabels) -> None:
    labels.set_all(4)
    assert set(counts(labels).values()) == {4}


def test_what_has_none_is_left_out(labels: WantedLabels) -> None:
    assert labels.set_counts({"mug": 3, "oil": 0}) == 1
    assert counts(labels) == {"mug": 3, "tea": 1}
    assert labels.chosen == "tea"


def test_a_list_adds_what_is_not_wanted_yet(labels: WantedLabels) -> None:
    labels.set_all(5)
    assert labels.add_new([TEA, Wanted("jam", "Jam", "")]) == 1
    assert counts(labels) == {"mug": 5, "tea": 5, "oil": 5, "jam": 1}
    assert labels.chosen == "tea"
    assert labels.add_new([]) == 0
    assert labels.chosen == "tea"


def test_rows_stay_the_same_object_until_something_changes(labels: WantedLabels) -> None:
    rows = labels.rows
    labels.chosen = "tea"
    assert labels.rows is rows
    labels.set_count(2)
    assert labels.rows is not rows


def test_one_or_all_are_wanted_no_more(labels: WantedLabels) -> None:
    labels.remove()
    assert (list(counts(labels)), labels.chosen) == (["mug", "tea"], "tea")
    labels.clear()
    assert (labels.rows, labels.count, labels.chosen) == ((), 0, "")
    labels.remove()
    labels.set_count(3)
    assert labels.find("mug") is None
