"""A document as plain text."""

from __future__ import annotations

from omsdesk.documents import plain
from omsdesk.documents.paper import Barcode, Columns, Cut, Feed, KickDrawer, Picture, QrCode, Rule, Size, Text
from omsdesk.documents.receipt import receipt_paper
from tests.documents.samples import ORDINARY

ORDINARY_TEXT = """\
              Meadow & Sons
    12 Harbour Street, Whitby YO21 3PU
          meadowandsons.example
            Tel. 01947 555 010
          Tax no. GB 123 4567 89

Receipt 1A-000123       28 Jul 2026, 15:32
Front till                  Served by Maya
──────────────────────────────────────────
Flat white                            3.10
  Oat milk, extra hot
Croissant au beurre                   5.00
  2 × £2.50
Coffee beans Ethiopia Yirgacheffe     8.51
Kochere, washed, whole bean
  0.350 kg × £27.00/kg
  Loyalty price, 10 % off: -£0.94
──────────────────────────────────────────
TOTAL                               £16.61
4 items
Cash                                £20.00
Change                               £3.39
──────────────────────────────────────────
Included tax              Net   Tax  Gross
VAT 20 %                 2.58  0.52   3.10
VAT 0 %                 13.51  0.00  13.51

         Thank you. See you soon.

   0198f3c2-7a4b-7c1d-9e2f-3a5b6c7d8e9f
                1A-000123
"""


def test_a_receipt_reads_like_its_paper() -> None:
    assert plain.render(receipt_paper(ORDINARY)) == ORDINARY_TEXT


def test_large_letters_take_no_more_room_than_others() -> None:
    assert plain.render((Columns("TOTAL", "1.00", Size.LARGE),), 20) == "TOTAL           1.00\n"


def test_codes_stand_as_their_text_and_pictures_as_their_description() -> None:
    paper = (Picture(b"", "Meadow & Sons"), QrCode("abc"), Barcode("1A-1"), Picture(b""))
    assert plain.render(paper, 20) == "  [Meadow & Sons]\n        abc\n        1A-1\n"


def test_machinery_leaves_no_trace() -> None:
    assert plain.render((KickDrawer(), Text("a"), Feed(1), Rule(), Feed(4), Text("b"), Cut()), 5) == "a\n─────\n\n\nb\n"
