"""Receipts and reports as shops hand them out: the documents that the tests print, read back and compare."""

from __future__ import annotations

import io
from dataclasses import replace

from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.receipt import Receipt, ReceiptLine, TenderRow
from omsdesk.documents.shift_report import CashMovement, Counted, CountedTender, ReportKind, ShiftReport
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.domain.values import ONE, Money, Quantity, Stamp

SALE_ID = "0198f3c2-7a4b-7c1d-9e2f-3a5b6c7d8e9f"
AFTERNOON = Stamp(1785249120000, 60)
"""28 July 2026, 15:32 in the shop."""


def pounds(amount: str) -> Money:
    return Money.of(amount, "GBP")


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def dollars(amount: str) -> Money:
    return Money.of(amount, "USD")


def logo(width: int = 220, height: int = 120) -> bytes:
    """A picture with a transparent ground, as shops have them."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((width // 4, 5, width * 3 // 4, height - 5), fill="black")
    png = io.BytesIO()
    picture.save(png, "PNG")
    return png.getvalue()


LETTERHEAD = Letterhead(
    "Meadow & Sons",
    ("12 Harbour Street, Whitby YO21 3PU", "meadowandsons.example"),
    "01947 555 010",
    "GB 123 4567 89",
)

COFFEE = ReceiptLine("Flat white", ONE, "piece", pounds("3.10"), pounds("3.10"), ("Oat milk, extra hot",))
CROISSANTS = ReceiptLine("Croissant au beurre", Quantity.of(2), "piece", pounds("2.50"), pounds("5.00"))
BEANS = ReceiptLine(
    "Coffee beans Ethiopia Yirgacheffe Kochere, washed, whole bean",
    Quantity.of("0.35"),
    "kg",
    pounds("27.00"),
    pounds("8.51"),
    ("Loyalty price, 10 % off: -£0.94",),
)

ORDINARY = Receipt(
    letterhead=LETTERHEAD,
    number="1A-000123",
    sale_id=SALE_ID,
    at=AFTERNOON,
    till="Front till",
    cashier="Maya",
    lines=(COFFEE, CROISSANTS, BEANS),
    item_count=4,
    subtotal=pounds("16.61"),
    total=pounds("16.61"),
    taxes=(TaxRow("VAT", "20 %", pounds("2.58"), pounds("0.52")), TaxRow("VAT", "0 %", pounds("13.51"), pounds("0"))),
    tenders=(TenderRow("Cash", pounds("16.61"), pounds("20.00")),),
    change=pounds("3.39"),
    footer=("Thank you. See you soon.",),
)

LONG = replace(
    ORDINARY,
    lines=tuple(
        ReceiptLine(f"Article number {n} of a long shopping list", ONE, "piece", pounds("1.00"), pounds("1.00"))
        for n in range(1, 41)
    ),
    item_count=40,
    subtotal=pounds("40.00"),
    total=pounds("40.00"),
    taxes=(TaxRow("VAT", "20 %", pounds("33.33"), pounds("6.67")),),
    tenders=(TenderRow("Visa 4242", pounds("25.00")), TenderRow("Gift card", pounds("15.00"))),
    change=None,
)

CZECH = replace(
    ORDINARY,
    letterhead=Letterhead("Kavárna U Žluťoučkého koně", ("Dlouhá 14, 110 00 Praha 1",), "+420 222 333 444"),
    locale="cs-CZ",
    till="Pokladna 2",
    cashier="Jiří",
    lines=(ReceiptLine("Žluťoučký kůň, čokoláda", Quantity.of(3), "piece", euros("12.50"), euros("37.50")),),
    item_count=3,
    subtotal=euros("37.51"),
    rounding=euros("-0.01"),
    total=euros("37.50"),
    taxes=(TaxRow("DPH", "21 %", euros("30.99"), euros("6.51")),),
    tenders=(TenderRow("Hotově", euros("37.50"), euros("40.00")),),
    change=euros("2.50"),
    footer=("Děkujeme, přijďte zas!",),
)

HEBREW = "חומוס עם טחינה"
THAI = "ต้มยำกุ้ง"
FOREIGN = replace(
    CZECH,
    customer=("Ελένη Παπαδοπούλου",),
    lines=(
        ReceiptLine("Борщ украинский", ONE, "piece", euros("6.90"), euros("6.90")),
        ReceiptLine(HEBREW, ONE, "piece", euros("5.10"), euros("5.10")),
    ),
)

AMERICAN = replace(
    ORDINARY,
    locale="en-US",
    prices_include_tax=False,
    lines=(ReceiptLine("Flat white", ONE, "piece", dollars("4.00"), dollars("4.00")),),
    item_count=1,
    subtotal=dollars("4.00"),
    taxes=(
        TaxRow("State tax", "6.25 %", dollars("4.00"), dollars("0.25")),
        TaxRow("City tax", "2 %", dollars("4.00"), dollars("0.08")),
    ),
    total=dollars("4.33"),
    tenders=(TenderRow("Visa 4242", dollars("4.33")),),
    change=None,
)

REFUND = replace(
    ORDINARY,
    lines=(ReceiptLine("Croissant au beurre", Quantity.of(-2), "piece", pounds("2.50"), pounds("-5.00")),),
    item_count=-2,
    subtotal=pounds("-5.00"),
    total=pounds("-5.00"),
    taxes=(),
    tenders=(TenderRow("Cash", pounds("-5.00")),),
    change=None,
)

Z_REPORT = ShiftReport(
    kind=ReportKind.Z,
    letterhead=LETTERHEAD,
    number=42,
    till="Front till",
    opened_at=Stamp(1785220200000, 60),
    opened_by="Maya",
    printed_at=Stamp(1785264000000, 60),
    closed_at=Stamp(1785264000000, 60),
    closed_by="Jonas",
    opening_float=pounds("150.00"),
    tickets=(
        Counted("Sales", 181, pounds("2466.35")),
        Counted("Refunds", 3, pounds("-31.20")),
        Counted("Exchanges", 2, pounds("5.00")),
        Counted("Paid in only", 1, pounds("0.00")),
    ),
    came_back=Counted("Brought back", 5, pounds("-41.20")),
    void_count=2,
    void_amount=pounds("18.00"),
    discounts=pounds("96.40"),
    rounding=pounds("-0.03"),
    total=pounds("2440.15"),
    taxes=(
        TaxRow("VAT", "20 %", pounds("1710.25"), pounds("342.05")),
        TaxRow("VAT", "0 %", pounds("300.00"), pounds("0.00")),
        TaxRow("Exempt", "", pounds("87.85"), pounds("0.00")),
    ),
    tax_total=TaxRow("Total", "", pounds("2098.10"), pounds("342.05")),
    cash_payments=pounds("637.40"),
    expected_cash=pounds("862.40"),
    loads=(Counted("Gift card", 1, pounds("50.00")),),
    tenders=(
        CountedTender("Cash", 71, pounds("862.40"), pounds("860.40"), pounds("-2.00")),
        CountedTender("Card", 109, pounds("1530.75")),
    ),
    pay_ins=(CashMovement("Change from the bank", pounds("100.00")),),
    pay_outs=(CashMovement("Window cleaner", pounds("25.00")),),
    first_receipt="1A-000101",
    last_receipt="1A-000290",
    no_sale_count=4,
    held_count=2,
)
X_REPORT = replace(Z_REPORT, kind=ReportKind.X, number=None, closed_at=None, closed_by="", tenders=())
