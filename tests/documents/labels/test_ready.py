"""The labels that every shop starts with: read at each resolution, with much and with little to say."""

from __future__ import annotations

import pypdfium2
import pytest

from omsdesk.documents.labels import pdf, zpl
from omsdesk.documents.labels.layout import DOTS_PER_MM, lay_out
from omsdesk.documents.labels.marks import Bars
from omsdesk.documents.labels.model import Label, fault_of
from omsdesk.documents.labels.preview import paint
from omsdesk.documents.labels.ready import READY, ReadyLabel
from omsdesk.documents.labels.values import SAMPLE, Values
from omsdesk.domain.body import from_body, to_body
from tests.documents.labels.foreign_zebra import printed_all, scanned

EAN = ("]E0", "4006381333931")
CODES = {
    "product-50x30": [EAN],
    "product-38x25": [EAN],
    "price-40x30": [],
    "shelf-70x38": [EAN],
    "expiry-50x30": [("]d2", "01040063813339311527123110L2607")],
    "shipping-100x150": [("]C0", "JD014600003RX"), ("]C1", "00340123450000000017"), ("]Q1", "W-10482")],
    "pallet-100x150": [
        ("]C1", "00340123450000000017"),
        ("]C1", "02040063813339313724"),
        ("]C1", "1527123110L2607"),
        ("]d2", "0034012345000000001702040063813339311527123137" + "24\x1d10L2607"),
    ],
}

LONG: Values = {
    **SAMPLE,
    "name": "Organic blossom honey from the islands, runny, in a returnable jar with a screw cap",
    "price": "1.234.567,89\u00a0€",
    "price_per_unit": "2.469.135,78\u00a0€ / kg",
    "price_before": "2.345.678,90\u00a0€",
    "ship_to": "Apothecary Maximiliane von und zu Hohenstein-Wittgenstein\nc/o Society for Things\nRear building\n"
    "Langestraße 123456\n12345 Niederkirchen-Oberdorf\nUnited Kingdom of Great Britain and Northern Ireland",
    "service": "Express before nine, with signature",
}
BARE: Values = {"name": "Mug"}


@pytest.mark.parametrize("ready", READY, ids=lambda ready: ready.id)
class TestEachReadyLabel:
    @pytest.mark.parametrize("dpi", DOTS_PER_MM)
    def test_says_all_and_is_read(self, ready: ReadyLabel, dpi: int) -> None:
        laid = lay_out(ready.label, SAMPLE, dpi)
        assert laid.notes == ()
        assert scanned(paint(laid)) == CODES[ready.id]

    @pytest.mark.parametrize("dpi", [203, 300])
    def test_has_room_for_long_names_and_prices(self, ready: ReadyLabel, dpi: int) -> None:
        laid = lay_out(ready.label, LONG, dpi)
        assert laid.notes == ()
        assert scanned(paint(laid)) == CODES[ready.id]

    def test_leaves_out_what_is_not_known(self, ready: ReadyLabel) -> None:
        laid = lay_out(ready.label, BARE)
        assert laid.notes == ()
        assert scanned(paint(laid)) == []

    def test_is_a_label_and_is_kept_as_one(self, ready: ReadyLabel) -> None:
        assert fault_of(ready.label) == ""
        assert from_body(Label, to_body(ready.label)) == ready.label


@pytest.mark.parametrize(
    ("dpi", "dots", "values"), [(203, 8, SAMPLE), (203, 8, LONG), (300, 12, SAMPLE), (600, 24, SAMPLE)]
)
def test_a_foreign_printer_prints_what_a_scanner_reads(dpi: int, dots: int, values: Values) -> None:
    """It knows whole dots in a millimetre alone: labels are made so much larger that no dot is missing."""
    labels = [lay_out(ready.label, values, dpi) for ready in READY]
    jobs = [(zpl.render(laid), laid.width / dots, laid.height / dots, dots) for laid in labels]
    for ready, laid, paper in zip(READY, labels, printed_all(jobs), strict=True):
        assert scanned(paper) == CODES[ready.id]
        assert paper.size == (laid.width, laid.height)


@pytest.mark.parametrize("dpi", DOTS_PER_MM)
@pytest.mark.parametrize("ready", READY, ids=lambda ready: ready.id)
def test_the_pdf_of_each_has_its_size_and_is_read(ready: ReadyLabel, dpi: int) -> None:
    (page,) = pypdfium2.PdfDocument(pdf.render([lay_out(ready.label, LONG, dpi)]))
    size = (ready.label.width / 254 * 72, ready.label.height / 254 * 72)
    assert (page.get_width(), page.get_height()) == pytest.approx(size, abs=0.1)
    assert scanned(page.render(scale=max(dpi, 300) / 72).to_pil()) == CODES[ready.id]


def test_best_before_is_said_as_such_and_not_as_a_last_day_of_use() -> None:
    """General Specifications, 3.4: 15 is what the label says, 17 forbids the sale from the day after."""
    codes = [field.content for ready in READY for field in ready.label.fields if "expiry_gs1" in field.content]
    assert codes
    assert all("(15){expiry_gs1}" in content for content in codes)


def test_a_pallet_label_keeps_what_gs1_asks_of_one() -> None:
    """General Specifications, 5.12: bars of half a millimetre and 32 mm of height for the SSCC, which is lowest."""
    (pallet,) = (ready.label for ready in READY if ready.id == "pallet-100x150")
    for dpi, density in DOTS_PER_MM.items():
        bars = [mark for mark in lay_out(pallet, SAMPLE, dpi).marks if isinstance(mark, Bars)]
        linear = sorted((mark for mark in bars if not mark.symbol.is_matrix), key=lambda mark: mark.box.y)
        assert all(mark.module / density >= 0.495 for mark in linear)
        assert linear[-1].symbol.data.startswith("00")
        assert linear[-1].length / density >= 32


def test_each_has_a_name_of_its_own() -> None:
    assert len({ready.id for ready in READY}) == len({ready.title for ready in READY}) == len(READY)
