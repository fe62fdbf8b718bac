"""Labels that were asked for."""

from __future__ import annotations

from omsdesk.domain.consequences import consequences
from omsdesk.domain.labels import MOST_LABELS, AskLabels, LabelRow, LabelsAsked, NoLabels, decide
from omsdesk.domain.printing import PaperKind, PrintAsked

ASK = AskLabels("b1", "t1", "Product 50 × 30 mm", "{}", (LabelRow("coffee", 3), LabelRow("tea")))


def test_what_was_asked_for_is_a_fact_and_its_printing_follows() -> None:
    (asked,) = decide(ASK, was_asked=False)  # type: ignore[misc]
    assert isinstance(asked, LabelsAsked)
    assert asked.count == 4
    assert consequences(asked) == (PrintAsked("b1", "t1", PaperKind.LABELS, "b1", role="label"),)


def test_the_same_is_asked_for_once() -> None:
    assert decide(ASK, was_asked=True) == ()


def test_no_labels_and_far_too_many_are_refused() -> None:
    for rows in ((), (LabelRow("coffee", 0),), (LabelRow("coffee", -1),), (LabelRow("coffee", MOST_LABELS + 1),)):
        refusal = decide(AskLabels("b1", "t1", "", "{}", rows), was_asked=False)
        assert isinstance(refusal, NoLabels)
