"""WooCommerce's export: variations and what their parent lends them, local decimal marks, old and new columns."""

from __future__ import annotations

from pathlib import Path

from omsdesk.channels.product_files.rows import ProductRow, RowProblem
from omsdesk.domain.values import Money, Quantity
from tests.channels.product_files.exports import products, read_export

HEADERS = (
    'ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Is featured?","Visibility in catalog","Short description",'
    'Description,"Tax status","Tax class","In stock?",Stock,"Sale price","Regular price",Categories,Tags,Images,Parent,'
    'Position,Brands,"Attribute 1 name","Attribute 1 value(s)","Attribute 1 visible","Attribute 1 global",'
    '"Attribute 2 name","Attribute 2 value(s)"\n'
)
SHIRT = (
    '44,variable,tee,,"V-Neck T-Shirt",1,1,visible,,"Soft.\\nLight.",taxable,reduced-rate,1,,,,'
    '"Clothing > Tshirts, Sale",,"https://img/a.jpg, https://img/b.jpg",,0,Loom,Color,"Blue, Red",1,1,Size,"L, M"\n'
    '46,simple,cap,4006381333931,Cap,0,0,visible,Short,,none,,1,12,"16,50","18,90","Hats\\, Caps",,,,1,,,,,,,\n'
    '76,variation,tee-red,,"V-Neck T-Shirt - Red",1,0,visible,,,taxable,parent,1,parent,,20,,,,tee,0,,'
    "Color,Red,,1,Size,\n"
    '77,variation,,,"V-Neck T-Shirt - Blue, L",1,0,visible,,,taxable,parent,1,3,,"1.020,00",,,,id:44,0,,'
    "Color,Blue,,1,Size,L\n"
)


def test_a_variation_takes_from_its_parent_what_it_leaves_out(tmp_path: Path) -> None:
    cap, red, blue = products(read_export(tmp_path, "woocommerce", HEADERS + SHIRT))
    assert (red.line, red.key, red.name, red.variant) == (4, "woocommerce:76", "V-Neck T-Shirt", "Red")
    assert (red.category, red.image, red.brand) == ("Clothing > Tshirts", "https://img/a.jpg", "Loom")
    assert (red.tax, red.on_hand, red.price) == ("reduced-rate", None, Money(2000, "EUR"))
    assert red.description == "Soft.\nLight."
    assert (blue.variant, blue.price, blue.on_hand) == ("Blue / L", Money(102000, "EUR"), Quantity.of(3))
    assert (cap.price, cap.tax, cap.category, cap.is_sold) == (Money(1890, "EUR"), "none", "Hats, Caps", True)
    assert [code.code for code in cap.barcodes] == ["4006381333931"]


def test_what_is_not_sold_itself_is_told_and_drafts_are_not_sold(tmp_path: Path) -> None:
    rows = (
        "1,grouped,g,,Set,1,0,visible,,,taxable,,1,,,,,,,,0,,,,,,,\n"
        "2,variable,v,,Lonely,1,0,visible,,,taxable,,1,,,,,,,,0,,,,,,,\n"
        '3,"simple, downloadable, virtual",s,,Song,-1,0,visible,,,taxable,,1,,,2,,,,,0,,,,,,,\n'
        "4,variation,o,,Orphan - Red,1,0,visible,,,taxable,parent,1,,,5,,,,gone,0,,Color,Red,,,,\n"
    )
    grouped, song, orphan, lonely = read_export(tmp_path, "woocommerce", HEADERS + rows)
    assert isinstance(grouped, RowProblem)
    assert "only lists other products" in grouped.reason
    assert isinstance(song, ProductRow)
    assert (song.is_sold, song.tax) == (False, "standard")
    assert isinstance(orphan, ProductRow)
    assert (orphan.name, orphan.variant, orphan.tax) == ("Orphan - Red", "", "standard")
    assert isinstance(lonely, RowProblem)
    assert (lonely.line, "holds none of them" in lonely.reason) == (3, True)


def test_an_older_export_without_gtin_and_brands_is_known(tmp_path: Path) -> None:
    old = (
        'ID,Type,SKU,Name,Published,"Is featured?","Visibility in catalog","Tax status","Tax class",Stock,"Sale price",'
        '"Regular price",Categories,Images,Parent,Position\n'
        "48,simple,beanie,'-10% Beanie,1,0,visible,taxable,,,18,20,Clothing > Accessories,,,0\n"
    )
    (beanie,) = products(read_export(tmp_path, "woocommerce", old))
    assert (beanie.name, beanie.sku, beanie.price) == ("-10% Beanie", "beanie", Money(2000, "EUR"))
