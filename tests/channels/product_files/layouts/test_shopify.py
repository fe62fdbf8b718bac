"""Shopify's export of before and after 2025: variants by handle, pictures that are no variants, gift cards, drafts."""

from __future__ import annotations

from pathlib import Path

from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.domain.values import Money, Quantity
from tests.channels.product_files.exports import products, read_export

OLD = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
    "Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,"
    "Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,"
    "Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,"
    "SEO Title,SEO Description,Variant Image,Variant Weight Unit,Variant Tax Code,Cost per item,Status\n"
)
JUMPER = (
    'wool-jumper,Wool Jumper,"<p>Soft <b>wool</b>,\nwarm &amp; light</p>",Nordic,Knitwear,"men, winter",'
    "true,Size,Small,"
    "Colour,Red,,,WJ-S,300,shopify,4,deny,manual,80.00,95.00,true,true,'36000291452,https://img/1.jpg,1,,"
    "false,,,,kg,,\n"
    "wool-jumper,,,,,,,,Medium,,Blue,,,WJ-M,300,shopify,-1,deny,manual,82.00,,true,false,,https://img/2.jpg,2,,,,,"
    "https://img/blue.jpg,kg,,\n"
    "wool-jumper,,,,,,,,,,,,,,,,,,,,,,,,https://img/3.jpg,3,,,,,,,,\n"
)
SINGLE = (
    "clay-pot,Clay Pot,,Terra,Garden,,false,Title,Default Title,,,,,POT,0,shopify,12,deny,manual,9.99,,true,true,,,,,"
    "false,,,,kg,P0000000,2.10,active\n"
    "old-pot,Old Pot,,Terra,Garden,,true,Title,Default Title,,,,,OLD,0,,,deny,manual,5,,true,true,,,,,"
    "false,,,,kg,,,draft\n"
    "card,Gift Card,,Us,Gift Cards,,true,Title,Default Title,,,,,,0,,,deny,manual,25.00,,false,false,,,,,"
    "true,,,,kg,,,active\n"
)


def test_variants_continue_their_product_and_pictures_are_none(tmp_path: Path) -> None:
    small, medium = products(read_export(tmp_path, "shopify", OLD + JUMPER, "GBP"))
    assert (small.line, small.key, small.name, small.variant) == (
        2,
        "shopify:wool-jumper|Small|Red",
        "Wool Jumper",
        "Small / Red",
    )
    assert (small.price, small.on_hand, small.tax) == (Money(8000, "GBP"), Quantity.of(4), "taxable")
    assert [code.code for code in small.barcodes] == ["036000291452"]
    assert (small.description, small.image) == ("Soft wool,\nwarm & light", "https://img/1.jpg")
    assert (medium.line, medium.key, medium.name) == (4, "shopify:wool-jumper|Medium|Blue", "Wool Jumper")
    assert (medium.brand, medium.category, medium.image) == ("Nordic", "Knitwear", "https://img/blue.jpg")
    assert (medium.sku, medium.on_hand, medium.tax) == ("WJ-M", Quantity.of(-1), "not taxable")


def test_a_product_without_options_has_no_variant_and_hidden_in_the_web_shop_is_still_sold(tmp_path: Path) -> None:
    pot, old, card = products(read_export(tmp_path, "shopify", OLD + SINGLE))
    assert (pot.key, pot.variant, pot.is_sold, pot.tax) == ("shopify:clay-pot", "", True, "P0000000")
    assert not old.is_sold
    assert not card.is_sold
    assert "gift card" in card.warnings[0]


def test_a_variant_whose_product_is_missing_is_a_problem(tmp_path: Path) -> None:
    (orphan,) = read_export(tmp_path, "shopify", OLD + JUMPER.split("\n", 2)[2].split("\n", maxsplit=1)[0] + "\n")
    assert isinstance(orphan, RowProblem)
    assert "“wool-jumper”" in orphan.reason


def test_the_column_names_since_2025_are_known(tmp_path: Path) -> None:
    new = (
        "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Barcode,"
        "Option1 name,Option1 value,Option1 Linked To,Option2 name,Option2 value,Option2 Linked To,Option3 name,"
        "Option3 value,Option3 Linked To,Price,Compare-at price,Cost per item,Charge tax,Tax code,Inventory tracker,"
        "Inventory quantity,Continue selling when out of stock,Weight value (grams),Requires shipping,"
        "Fulfillment service,Product image URL,Image position,Image alt text,Variant image URL,Gift card\n"
        "Tea,tea,<p>Fine</p>,Leaf,Food > Drinks > Tea,,,TRUE,Active,T-1,4006381333931,Size,100 g,,,,,,,,4.50,,2,TRUE,,"
        "shopify,7,DENY,100,TRUE,manual,https://img/t.jpg,1,,,FALSE\n"
        ",tea,,,,,,,,T-2,,,250 g,,,,,,,,9.90,,4,TRUE,,shopify,3,DENY,250,TRUE,manual,,,,,\n"
    )
    small, large = products(read_export(tmp_path, "shopify", new))
    assert (small.variant, small.price, small.category) == ("100 g", Money(450, "EUR"), "Food > Drinks > Tea")
    assert [code.code for code in small.barcodes] == ["4006381333931"]
    assert (large.key, large.variant, large.on_hand) == ("shopify:tea|250 g", "250 g", Quantity.of(3))
