"""Every fact has its rows, or says plainly that it has none."""

from __future__ import annotations

from omsdesk.domain.cash import XReportTaken
from omsdesk.domain.kitchen import KitchenSent
from omsdesk.domain.sale import (
    AgeChecked,
    CouponRemoved,
    CouponShown,
    CustomerSet,
    LineAdded,
    LineDiscounted,
    LineNoted,
    PriceChanged,
    QuantityChanged,
    Repriced,
    SaleDiscounted,
    TenderRemoved,
    TenderTaken,
)
from omsdesk.store.projections import all_nouns, registry
from tests.domain.golden_bodies import every_event

WITHOUT_ROWS = {
    AgeChecked,
    CouponRemoved,
    CouponShown,
    CustomerSet,
    KitchenSent,
    LineAdded,
    LineDiscounted,
    LineNoted,
    PriceChanged,
    QuantityChanged,
    Repriced,
    SaleDiscounted,
    TenderRemoved,
    TenderTaken,
    XReportTaken,
}
"""What happens on an open ticket lives in the journal alone; an X report and a slip for the kitchen are read from
there."""


def test_every_kind_of_fact_is_projected_or_known_to_leave_no_row() -> None:
    projected = {cls for cls in registry._projections if cls.__module__.startswith("omsdesk.")}
    everything = set(every_event().values())
    assert projected | WITHOUT_ROWS == everything
    assert projected & WITHOUT_ROWS == set()


def test_a_projection_is_registered_for_each_fact_it_names() -> None:
    assert all_nouns.project is registry.project
    before = dict(registry._projections)
    try:
        function = registry.on(PriceChanged, LineNoted)(lambda *_: None)
        assert registry._projections[PriceChanged] is registry._projections[LineNoted] is function
    finally:
        registry._projections.clear()
        registry._projections.update(before)
