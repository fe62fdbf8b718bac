"""Labels of a shop's own."""

from __future__ import annotations

from omsdesk.domain.label_design import DesignSaved, LabelDesign, SaveDesign, decide
from omsdesk.domain.messages import Refusal

SHELF = LabelDesign("d1", "Our shelf", '{"width":500,"height":300}')


def test_a_label_is_kept_under_its_name() -> None:
    assert decide(SaveDesign(SHELF)) == (DesignSaved("d1", SHELF),)


def test_a_label_without_a_name_is_not_kept() -> None:
    assert isinstance(decide(SaveDesign(LabelDesign("d1", " ", "{}"))), Refusal)
