"""Goods that are out of the ordinary: by weight, from an age, with numbers of their own, with deposits."""

from __future__ import annotations

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.stock import Move, MoveGoods
from omsdesk.domain.traits import Component, StockPolicy
from omsdesk.domain.values import Money, Quantity, barcode_key, check_digit


def euros(amount: str) -> Money:
    """Write euros as people do."""
    return Money.of(amount, "EUR")


def code(number: int) -> str:
    """The barcode of such an article."""
    body = f"40098765{number:04d}"
    return f"{body}{check_digit(body)}"


def _edit(number: int, product: str, name: str, price: str, **more: object) -> ProductEdit:
    amount = euros(price) if price else None
    more = {"category": "Counter", "tax_category": "food", **more}
    barcodes = (PackCode(barcode_key(code(number))),)
    return ProductEdit(product, name=name, price=amount, barcodes=barcodes, **more)  # type: ignore[arg-type]


GOODS = (
    _edit(1, "cheese", "Mountain cheese", "19.90", unit="kg", sku="4711"),
    _edit(2, "cable", "Speaker cable", "3.20", unit="m", tax_category="standard"),
    _edit(3, "rum", "Rum, 8 years", "24.90", age=18, tax_category="standard"),
    _edit(4, "beer", "Craft beer 0.33 L", "2.40", sku="BEER", age=16, deposit="bottle", tax_category="standard"),
    _edit(5, "bottle", "Bottle deposit", "0.08", is_deposit=True, is_tracked=False, tax_category="standard"),
    _edit(6, "machine", "Espresso machine", "649.00", asks_serial=True, tax_category="standard"),
    _edit(7, "milk", "Raw milk 1 L", "1.90", asks_lot=True),
    _edit(8, "bouquet", "Bouquet", "15.00", asks_price=True, minimum_price=euros("8.00")),
    _edit(9, "cola", "Cola 0.5 L", "1.30", deposit="bottle", tax_category="standard"),
    _edit(
        10, "set", "Breakfast set", "9.90", components=(Component("milk"), Component("cola", Quantity.of(2))),
        is_tracked=False,
    ),
    _edit(11, "tart", "Plum tart", "18.00", is_divisible=True, stock_policy=StockPolicy.WARN),
    _edit(12, "vase", "Vase", "30.00", stock_policy=StockPolicy.REFUSE, tax_category="standard"),
    _edit(13, "lamp", "Lamp", "60.00", stock_policy=StockPolicy.APPROVE, tax_category="standard"),
)  # fmt: skip
EXTRAS = (
    ModifierGroup("Size", ("SMALL", "LARGE"), 1, 1),
    ModifierGroup("Milk", ("OATMILK", "SOYMILK"), 0, 1),
)
CAFE = (
    _edit(20, "latte", "Latte", "3.20", modifiers=("Size", "Milk")),
    _edit(21, "small", "Small", "0.00", sku="SMALL", is_tracked=False),
    _edit(22, "large", "Large", "0.60", sku="LARGE", is_tracked=False),
    _edit(23, "oatmilk", "Oat milk", "0.40", sku="OATMILK"),
    _edit(24, "soymilk", "Soy milk", "0.40", sku="SOYMILK"),
)
SHIRTS = tuple(
    _edit(
        30 + number, f"shirt{number}", "T-shirt", "19.00", variant=f"{size}, {colour}", family="shirt",
        category="Shirts", tax_category="standard",
    )
    for number, (size, colour) in enumerate((s, c) for s in ("S", "M", "L") for c in ("red", "blue"))
)  # fmt: skip
POLICY = GoodsPolicy(clearly_over=30)
COMMANDS = (
    SaveProducts("goods", GOODS),
    SaveProducts("cafe", CAFE),
    SaveProducts("shirts", SHIRTS),
    MoveGoods(
        "goods-in", "delivery",
        tuple(
            Move(product, Quantity.of(count), "supplier", "shop:s1")
            for product, count in (("tart", 2), ("lamp", 1), ("milk", 20), ("cola", 40), ("vase", 1), ("shirt3", 7))
        ),
    ),
    MoveGoods("vase", "loss", (Move("vase", Quantity.of(1), "shop:s1", "scrap"),)),
)  # fmt: skip
