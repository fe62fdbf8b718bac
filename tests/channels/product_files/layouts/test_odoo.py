"""Odoo's export with labels and with technical names: six decimals, roots of categories, lists that continue below."""

from __future__ import annotations

from pathlib import Path

from omsdesk.domain.values import Money, Quantity
from tests.channels.product_files.exports import products, read_export

LABELS = (
    '"External ID","Name","Internal Reference","Barcode","Sales Price","Product Category","Point of Sale Category",'
    '"Unit of Measure","Customer Taxes","Can be Sold","Active","Quantity On Hand","Sales Description",'
    '"Vendors/Vendor"\n'
    '"__export__.product_template_12","Gram Flour","GF-1","8901042962535","2.200000","All / Saleable / Food","","kg",'
    '"15%","True","True","12.500","Fine & yellow","Griscti"\n'
    '"","","","","","","","","","","","","","KM Import"\n'
    '"__export__.product_template_13","Old Chair","CHR","","0.8200000000000001","All","Home","Units","",'
    '"False","True","0.0","",""\n'
    '"","Stool","ALS","","49.00","All","","Unit(s)","","True","True","","",""\n'
)
TECHNICAL = (
    "id,display_name,default_code,barcode,list_price,categ_id,uom_id,taxes_id,sale_ok,qty_available,"
    "product_template_variant_value_ids\n"
    'shop.desk_1,"[DESK] Desk (White, Steel)",DESK,,320.00,All / Office / Desks,Units,15%,True,-2,'
    '"Color: White,Legs: Steel"\n'
)


def test_labels_as_headers(tmp_path: Path) -> None:
    flour, chair, stool = products(read_export(tmp_path, "odoo", LABELS))
    assert (flour.key, flour.sku, flour.price) == ("odoo:__export__.product_template_12", "GF-1", Money(220, "EUR"))
    assert (flour.category, flour.unit, flour.tax) == ("Saleable > Food", "kg", "15%")
    assert (flour.on_hand, flour.description) == (Quantity.of("12.5"), "Fine & yellow")
    assert (chair.line, chair.price, chair.category, chair.is_sold) == (4, Money(82, "EUR"), "Home", False)
    assert (stool.key, stool.unit, stool.category, stool.on_hand) == ("sku:ALS", "piece", "", None)


def test_technical_names_as_headers(tmp_path: Path) -> None:
    (desk,) = products(read_export(tmp_path, "odoo", TECHNICAL))
    assert (desk.key, desk.name, desk.variant) == ("odoo:shop.desk_1", "Desk (White, Steel)", "White / Steel")
    assert (desk.price, desk.on_hand, desk.category) == (Money(32000, "EUR"), Quantity.of(-2), "Office > Desks")
