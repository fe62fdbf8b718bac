"""Every paper that a till hands out, on every model of printer, read back by a printer and a scanner that are not ours.

Nothing leaves the paper, no letter becomes a question mark, every code is read, and amounts end at one margin.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.documents import account_report
from omsdesk.documents.card_slip import CardSlip, card_slip_paper
from omsdesk.documents.escpos import render
from omsdesk.documents.kitchen_slip import KitchenSlip, SlipRow, kitchen_slip_paper
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.order import OrderDocument, PlanRow, order_paper
from omsdesk.documents.paper import Columns, Paper, Size
from omsdesk.documents.pick_slip import PickRow, PickSlip, pick_slip_paper
from omsdesk.documents.printer_profile import PROFILES, PrinterProfile
from omsdesk.documents.receipt import Receipt, ReceiptLine, ReductionRow, TenderRow, copy_of, receipt_paper
from omsdesk.documents.shift_report import shift_report_paper
from omsdesk.documents.statement import Statement, StatementPart, StatementRow, statement_paper
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.documents.typeset import Line, typeset
from omsdesk.documents.wrap import cells
from omsdesk.domain.values import ONE, Money, Quantity
from tests.devices.foreign_printer import ForeignPrinter
from tests.documents.samples import (
    AFTERNOON,
    AMERICAN,
    COFFEE,
    CROISSANTS,
    LETTERHEAD,
    LONG,
    ORDINARY,
    REFUND,
    SALE_ID,
    X_REPORT,
    Z_REPORT,
    pounds,
)

CARD = "6016201234567895"


def abroad(locale: str, shop: str, goods: str, amount: str, currency: str) -> Receipt:
    """A receipt of another country, in its letters and its money."""
    each = Money.of(amount, currency)
    return replace(
        ORDINARY,
        locale=locale,
        letterhead=Letterhead(shop, (goods,)),
        customer=(goods,),
        lines=(ReceiptLine(goods, Quantity.of(2), "piece", each, each + each),),
        item_count=2,
        subtotal=each + each,
        total=each + each,
        taxes=(TaxRow("VAT", "20 %", each, each),),
        tenders=(TenderRow("Cash", each + each, each + each + each),),
        change=each,
    )


REDUCED = replace(
    ORDINARY,
    customer=("Customer: Ada Lovelace-Byron of Ockham Park", "No tax: exemption EX-2024-000123", "Points for this: 15"),
    lines=(COFFEE, replace(CROISSANTS, reductions=(ReductionRow("3 for 2: croissants and pastries", pounds("2")),))),
    reductions=(ReductionRow("Discount: staff", pounds("1.00")),),
    saved=pounds("3.00"),
    tenders=(TenderRow("Card …7895", pounds("10.00"), None, ("Left on it: £15.00",)), TenderRow("Cash", pounds("5"))),
    footer=("www.meadowandsons.example/returns-and-exchanges/how-it-works", "ada@analytical-engines-of-old.example"),
)  # fmt: skip
EXCHANGE = replace(
    ORDINARY,
    lines=(
        ReceiptLine(
            "Croissant au beurre", Quantity.of(-2), "piece", pounds("2.50"), pounds("-5.00"),
            ("Return of receipt 1A-000120: too dry", "Not for sale again"),
        ),
        ReceiptLine("Travel mug", ONE, "piece", pounds("24.00"), pounds("24.00"), ("Serial no. SN-000417-2026-B",)),
    ),
    item_count=-1,
)  # fmt: skip
EMPTY = replace(ORDINARY, lines=(), item_count=0, taxes=(), tenders=(), change=None, footer=())
KITCHEN = KitchenSlip(
    at=AFTERNOON, till="Front till", name="Table 12", number="1A-000123", cashier="Maya",
    rows=(
        SlipRow("Full English breakfast with everything", Quantity.of(2), ("Extra hot, no sugar at all please",)),
        SlipRow("ต้มยำกุ้ง", Quantity.of("0.35"), (), is_cancelled=True, unit="kg"),
    ),
)  # fmt: skip
PICK = PickSlip(
    title="Order", number="W-10482", at=AFTERNOON, customer=("Ελένη",), until="2026-08-04", note="Leave at the door",
    rows=(PickRow("Coffee beans Ethiopia Yirgacheffe, washed", ONE, "BEAN-1"), PickRow("抹茶ラテ", ONE, "M-1")),
)  # fmt: skip
ORDER = OrderDocument(
    letterhead=LETTERHEAD, title="Quotation", number="Q-10482", at=AFTERNOON, lines=ORDINARY.lines,
    total=pounds("16.61"), customer=("Ada Lovelace",), taxes=ORDINARY.taxes, paid=pounds("5.00"), due=pounds("11.61"),
    plan=(PlanRow("2026-08-04", pounds("5.00"), is_paid=True),), until="2026-08-30", is_quotation=True,
)  # fmt: skip
ACCOUNT = account_report.AccountStatement(
    letterhead=LETTERHEAD, name="Gift card …7895", at=AFTERNOON, balance="£25.00",
    rows=(account_report.StatementRow(AFTERNOON, "Paid with receipt 1A-000123", "Front till", "-£10.00", "£25.00"),),
)  # fmt: skip
MONTH = Statement(
    letterhead=LETTERHEAD, customer=("Ada Lovelace",), first="2026-07-01", last="2026-07-31", at=AFTERNOON,
    parts=(StatementPart("House account", pounds("0"), pounds("9"), (
        StatementRow(AFTERNOON, "Receipt 1A-000123", pounds("9"), pounds("9")),
    )),),
)  # fmt: skip

PAPERS: dict[str, tuple[Paper, tuple[str, ...]]] = {
    **{
        name: (receipt_paper(receipt), (SALE_ID,))
        for name, receipt in {
            "ordinary": ORDINARY,
            "reduced": REDUCED,
            "refund, copy": copy_of(REFUND),
            "exchange": EXCHANGE,
            "training": replace(ORDINARY, is_training=True),
            "american": AMERICAN,
            "empty": EMPTY,
            "long": LONG,
            "rouble": abroad("ru-RU", "Кофейня «Маяк»", "Борщ украинский", "1290.50", "RUB"),
            "lira": abroad("tr-TR", "İstanbul Kahvecisi", "Şekerli Türk kahvesi", "129.50", "TRY"),
            "rupee": abroad("en-IN", "चाय की दुकान", "मसाला चाय और समोसा", "123456.00", "INR"),
            "baht": abroad("th-TH", "ร้านกาแฟ", "ต้มยำกุ้ง น้ำข้น", "145.00", "THB"),
            "yen": abroad("ja-JP", "海辺の喫茶店", "抹茶ラテと和菓子のセット、季節の果物つき", "1280", "JPY"),
            "dirham": abroad("ar-AE", "مقهى البحر", "قهوة عربية مع الهيل والتمر", "45.50", "AED"),
        }.items()
    },
    "gift card": (
        card_slip_paper(CardSlip(letterhead=LETTERHEAD, name="Gift card", number=CARD, balance=pounds("25.00"))),
        (CARD,),
    ),
    "z report": (shift_report_paper(Z_REPORT), ()),
    "x report, copy": (shift_report_paper(replace(X_REPORT, is_copy=True)), ()),
    "kitchen": (kitchen_slip_paper(KITCHEN), ()),
    "pick": (pick_slip_paper(PICK), ("W-10482",)),
    "order": (order_paper(ORDER), ("Q-10482",)),
    "account": (account_report.statement_paper(ACCOUNT), ()),
    "month": (statement_paper(MONTH), ()),
}
"""Each with the codes that stand on it."""


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("name", PAPERS)
class TestEachPaper:
    def test_is_printed_whole_and_read(self, name: str, profile: PrinterProfile) -> None:
        paper, codes = PAPERS[name]
        rendered = render(paper, profile)
        assert rendered.notes == ()
        sheet = ForeignPrinter().print(rendered.payload)
        assert "?" not in sheet.text
        assert sheet.codes == codes
        beyond = sheet.picture.crop((profile.dots, 0, sheet.picture.width, sheet.picture.height))
        assert beyond.width <= 0 or beyond.getextrema() == (255, 255)

    def test_has_no_line_that_is_wider_than_the_paper_and_no_figure_beside_its_column(
        self, name: str, profile: PrinterProfile
    ) -> None:
        grid = profile.grid
        for row in typeset(PAPERS[name][0], grid):
            if isinstance(row, Line):
                assert cells(row.text) <= row.columns
        for block in PAPERS[name][0]:
            if isinstance(block, Columns) and block.right and block.size is not Size.LARGE:
                lines = [row for row in typeset((block,), grid) if isinstance(row, Line)]
                ends = {line.spans[-1].at + line.spans[-1].width for line in lines if len(line.spans) > 1}
                assert ends <= {grid.columns(block.size)}
