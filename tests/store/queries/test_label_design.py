"""Labels of a shop's own are listed by name; one that was taken away stays readable."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.store.queries.label_design import design, designs
from tests.store.station import Station

SHELF = LabelDesign("d1", "Shelf", '{"width":500,"height":300}')
BOX = LabelDesign("d2", "box", '{"width":900,"height":300}')


def test_they_are_listed_by_name(till: Station) -> None:
    till.do(SaveDesign(SHELF), SaveDesign(BOX), actor="max")
    assert designs(till.database.writer) == [BOX, SHELF]
    till.do(SaveDesign(replace(BOX, is_active=False), ("is_active",)), actor="max")
    assert designs(till.database.writer) == [SHELF]


def test_fields_are_merged_each_for_itself(till: Station) -> None:
    till.do(SaveDesign(SHELF), actor="max")
    till.do(SaveDesign(replace(SHELF, name="Our shelf"), ("name",), 1), actor="max")
    till.do(SaveDesign(replace(SHELF, label="{}"), ("label",), 1), actor="max")
    assert design(till.database.writer, "d1") == (LabelDesign("d1", "Our shelf", "{}"), 3)
    assert design(till.database.writer, "d2") is None


def test_a_cashier_changes_no_labels(till: Station) -> None:
    till.refusal(SaveDesign(SHELF), actor="cara")
    assert designs(till.database.writer) == []
