"""What a manager reads at the end of a shift."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.documents import plain
from omsdesk.documents.shift_report import ShiftReport, shift_report_paper
from tests.documents.samples import X_REPORT, Z_REPORT

Z_TEXT = """\
              Meadow & Sons
    12 Harbour Street, Whitby YO21 3PU
          meadowandsons.example
            Tel. 01947 555 010
          Tax no. GB 123 4567 89

               Z REPORT 42

Till                            Front till
Opened            28 Jul 2026, 07:30, Maya
Closed           28 Jul 2026, 19:40, Jonas
──────────────────────────────────────────
SALES
Sales (181)                       2,466.35
Refunds (3)                         -31.20
Exchanges (2)                         5.00
Paid in only (1)                      0.00
TOTAL                            £2,440.15
In the total
  Brought back (5)                  -41.20
  Discounts given                    96.40
Not in the total
  Voided (2)                         18.00
  Cash rounding                      -0.03
──────────────────────────────────────────
TAXES
Rate                 Net     Tax     Gross
VAT 20 %        1,710.25  342.05  2,052.30
VAT 0 %           300.00    0.00    300.00
Exempt             87.85    0.00     87.85
Total           2,098.10  342.05  2,440.15
──────────────────────────────────────────
PAID IN, NOT SALES
Gift card (1)                        50.00
──────────────────────────────────────────
PAYMENTS
Method       Expected  Counted  Difference
Cash (71)      862.40   860.40       -2.00
Card (109)   1,530.75        -           -
──────────────────────────────────────────
DRAWER
Opening float                       150.00
Cash payments                       637.40
Paid in
  Change from the bank              100.00
Paid out
  Window cleaner                     25.00
Expected in the drawer              862.40
Opened without a sale                    4
──────────────────────────────────────────
RECEIPTS
Numbers             1A-000101 to 1A-000290
Carts on hold, carried over              2



──────────────────────────────────────────
Signature
"""


def text(report: ShiftReport) -> str:
    return plain.render(shift_report_paper(report))


def test_a_z_report_has_all_figures_of_the_shift() -> None:
    assert text(Z_REPORT) == Z_TEXT


def test_an_x_report_says_that_the_shift_goes_on() -> None:
    report = text(X_REPORT)
    assert "X REPORT\n" in report
    assert "The shift is still open." in report
    assert "Signature" not in report
    assert "Closed" not in report
    assert "Printed" in report


def test_sections_without_figures_are_left_out() -> None:
    quiet = replace(
        Z_REPORT, taxes=(), tenders=(), pay_ins=(), pay_outs=(), first_receipt="", last_receipt="", held_count=0,
        loads=(), tickets=Z_REPORT.tickets[:1],
    )  # fmt: skip
    report = text(quiet)
    for title in ("TAXES", "PAYMENTS", "Paid in", "Paid out", "on hold"):
        assert title not in report
    assert "Numbers" + " " * 31 + "none" in report


def test_what_was_paid_in_to_accounts_stands_apart_from_sales() -> None:
    assert "PAID IN, NOT SALES\nGift card (1)" in text(Z_REPORT)
    assert "NOT SALES" not in text(replace(Z_REPORT, loads=()))


def test_a_report_printed_again_says_when_and_that_it_is_a_copy() -> None:
    again = replace(Z_REPORT, is_copy=True, printed_at=replace(Z_REPORT.printed_at, utc_ms=1785350400000))
    report = text(again)
    assert report.count("COPY") == 2
    assert "29 Jul 2026, 19:40" in report


def test_a_training_report_is_marked() -> None:
    assert text(replace(Z_REPORT, is_training=True)).count("TRAINING") == 2
