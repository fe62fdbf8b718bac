"""Labels that are there before anybody has designed one; the designer opens them as copies."""

from __future__ import annotations

from typing import Any

from omsdesk.documents.labels.model import FieldKind, Label, LabelField, Stand
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.paper import Align
from omsdesk.domain.records import record


@record
class ReadyLabel:
    """A label with the name that a person chooses it by; ``id`` never changes."""

    id: str
    title: str
    label: Label


def _text(id: str, content: str, box: tuple[int, int, int, int], size: int, **more: Any) -> LabelField:
    least = more.pop("least", max(14, size * 5 // 9))
    return LabelField(id, FieldKind.TEXT, *box, content=content, size=size, least_size=least, **more)


def _code(id: str, content: str, box: tuple[int, int, int, int], symbology: Symbology, **more: Any) -> LabelField:
    return LabelField(id, FieldKind.CODE, *box, content=content, symbology=symbology, **more)


def _line(id: str, box: tuple[int, int, int, int], only_with: str = "") -> LabelField:
    return LabelField(id, FieldKind.LINE, *box, only_with=only_with)


_PRICE = Label(
    400,
    300,
    (
        _text(
            "name", "{name}", (20, 15, 360, 75), 32, is_bold=True, most_lines=2, align=Align.CENTER, stand=Stand.MIDDLE
        ),
        _text("variant", "{variant}", (20, 90, 360, 30), 24, align=Align.CENTER),
        _text(
            "price", "{price}", (20, 120, 360, 115), 105, is_bold=True, align=Align.CENTER, stand=Stand.MIDDLE, least=40
        ),
        _text("before", "was {price_before}", (20, 235, 360, 24), 22, align=Align.CENTER),
        _text("sku", "{sku}", (20, 262, 360, 24), 20, align=Align.CENTER),
    ),
)

_SHELF = Label(
    700,
    380,
    (
        _text("name", "{name}", (20, 15, 660, 90), 40, is_bold=True, most_lines=2),
        _text("content", "{brand}  {net_content}", (20, 106, 400, 32), 26),
        _text(
            "price",
            "{price}",
            (300, 140, 380, 150),
            140,
            is_bold=True,
            align=Align.RIGHT,
            stand=Stand.MIDDLE,
            least=50,
        ),
        _text("per unit", "{price_per_unit}", (300, 292, 380, 36), 32, align=Align.RIGHT),
        _code("gtin", "{gtin}", (10, 195, 290, 150), Symbology.ARTICLE, module=330, size=24),
        _line("line", (20, 348, 660, 2)),
        _text("sku", "{sku}", (20, 352, 330, 24), 20),
        _text("today", "{today}", (350, 352, 330, 24), 20, align=Align.RIGHT),
    ),
)

_PRODUCT_50 = Label(
    500,
    300,
    (
        _text("name", "{name}", (20, 12, 460, 62), 28, is_bold=True, most_lines=2),
        _text("variant", "{variant}", (20, 74, 230, 26), 22),
        _text(
            "price", "{price}", (250, 70, 230, 56), 46, is_bold=True, align=Align.RIGHT, stand=Stand.MIDDLE, least=18
        ),
        _text("sku", "{sku}", (20, 100, 230, 24), 18),
        _code("gtin", "{gtin}", (20, 134, 460, 158), Symbology.ARTICLE, align=Align.CENTER, module=375, size=26),
    ),
)

_PRODUCT_38 = Label(
    380,
    250,
    (
        _text("name", "{name}", (15, 10, 350, 54), 25, is_bold=True, most_lines=2),
        _text(
            "price", "{price}", (200, 64, 165, 44), 38, is_bold=True, align=Align.RIGHT, stand=Stand.MIDDLE, least=18
        ),
        _text("sku", "{sku}", (15, 74, 185, 26), 20, stand=Stand.MIDDLE),
        _code("gtin", "{gtin}", (15, 110, 350, 132), Symbology.ARTICLE, align=Align.CENTER, size=24),
    ),
)

_SHIPPING = Label(
    1000,
    1500,
    (
        _text("from title", "FROM", (30, 25, 300, 28), 22, only_with="ship_from"),
        _text("from", "{ship_from}", (30, 55, 440, 160), 28, most_lines=5),
        LabelField("logo", FieldKind.PICTURE, 490, 30, 230, 130, content="{logo}", align=Align.CENTER),
        _text("parcel", "{parcel}", (740, 30, 230, 70), 60, is_bold=True, align=Align.RIGHT),
        _text("weight", "{weight}", (740, 110, 230, 40), 34, align=Align.RIGHT),
        _line("line 1", (0, 225, 1000, 5)),
        _text("to title", "TO", (30, 245, 200, 30), 24),
        _text("to", "{ship_to}", (60, 285, 910, 375), 64, most_lines=6, is_bold=True, stand=Stand.MIDDLE, least=28),
        _line("line 2", (0, 680, 1000, 5)),
        _text("carrier", "{carrier}", (30, 700, 560, 60), 50, is_bold=True),
        _text("service", "{service}", (30, 770, 560, 50), 40),
        _text("order title", "ORDER", (30, 840, 200, 28), 22, only_with="order"),
        _text("order", "{order}", (30, 870, 560, 60), 48, is_bold=True),
        _code("order code", "{order}", (640, 705, 330, 225), Symbology.QR, shows_text=False, align=Align.RIGHT),
        _line("line 3", (0, 950, 1000, 5)),
        _code(
            "tracking", "{tracking}", (30, 975, 940, 290), Symbology.CODE_128, align=Align.CENTER, size=40, module=520
        ),
        _line("line 4", (0, 1285, 1000, 5), "sscc"),
        _code("sscc", "(00){sscc}", (30, 1300, 940, 185), Symbology.GS1_128, align=Align.CENTER, size=30, module=520),
    ),
)

_PALLET = Label(
    1000,
    1500,
    (
        _text("from title", "FROM", (30, 25, 100, 26), 20, only_with="ship_from"),
        _text("from", "{ship_from}", (30, 52, 440, 145), 28, most_lines=5),
        _line("line 1", (490, 20, 4, 180)),
        _text("to title", "TO", (520, 25, 100, 26), 20, only_with="ship_to"),
        _text("to", "{ship_to}", (520, 52, 455, 148), 34, most_lines=8, is_bold=True, least=16),
        _line("line 2", (0, 210, 1000, 5)),
        _text("sscc title", "SSCC", (30, 222, 300, 26), 20),
        _text("sscc text", "{sscc}", (30, 247, 640, 56), 46, is_bold=True),
        _text("gtin title", "CONTENT", (30, 310, 300, 26), 20, only_with="gtin"),
        _text("gtin text", "{gtin}", (30, 335, 400, 46), 38, is_bold=True),
        _text("count title", "COUNT", (450, 310, 200, 26), 20, only_with="count"),
        _text("count text", "{count}", (450, 335, 220, 46), 38, is_bold=True),
        _text("expiry title", "BEST BEFORE", (30, 388, 300, 26), 20, only_with="expiry"),
        _text("expiry text", "{expiry}", (30, 413, 400, 46), 38, is_bold=True),
        _text("lot title", "BATCH/LOT", (450, 388, 200, 26), 20, only_with="lot"),
        _text("lot text", "{lot}", (450, 413, 220, 46), 38, is_bold=True),
        _text("name", "{name}", (30, 470, 640, 40), 30),
        _code(
            "matrix",
            "(00){sscc}(02){gtin}(15){expiry_gs1}(37){count}(10){lot}",
            (690, 230, 290, 280),
            Symbology.GS1_DATA_MATRIX,
            shows_text=False,
            align=Align.CENTER,
        ),
        _line("line 3", (0, 525, 1000, 5)),
        _code(
            "contents", "(02){gtin}(37){count}", (30, 545, 940, 250), Symbology.GS1_128, align=Align.CENTER, size=34,
            module=520, only_with="count",
        ),
        _code(
            "lot", "(15){expiry_gs1}(10){lot}", (30, 810, 940, 250), Symbology.GS1_128, align=Align.CENTER, size=34,
            module=520,
        ),
        _code("sscc", "(00){sscc}", (30, 1080, 940, 400), Symbology.GS1_128, align=Align.CENTER, size=40, module=520),
    ),
)  # fmt: skip

_EXPIRY = Label(
    500,
    300,
    (
        _text("name", "{name}", (20, 12, 460, 62), 28, is_bold=True, most_lines=2),
        _text("expiry title", "Best before", (20, 84, 290, 26), 22, only_with="expiry"),
        _text("expiry", "{expiry}", (20, 110, 290, 54), 46, is_bold=True),
        _text("lot", "Lot {lot}", (20, 172, 290, 34), 28),
        _text("packed", "Packed {packed}", (20, 210, 290, 28), 22),
        _text("gtin", "{gtin}", (20, 256, 290, 28), 22),
        _code(
            "code",
            "(01){gtin}(15){expiry_gs1}(10){lot}",
            (315, 95, 170, 190),
            Symbology.GS1_DATA_MATRIX,
            shows_text=False,
            align=Align.RIGHT,
        ),
    ),
)

READY = (
    ReadyLabel("product-50x30", "Product", _PRODUCT_50),
    ReadyLabel("product-38x25", "Product, small", _PRODUCT_38),
    ReadyLabel("price-40x30", "Price", _PRICE),
    ReadyLabel("shelf-70x38", "Shelf", _SHELF),
    ReadyLabel("expiry-50x30", "Best before, lot", _EXPIRY),
    ReadyLabel("shipping-100x150", "Parcel (4 × 6 in)", _SHIPPING),
    ReadyLabel("pallet-100x150", "Pallet (GS1)", _PALLET),
)
"""In the order in which a shop needs them."""
