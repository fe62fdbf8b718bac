"""Open Food Facts: names and pack sizes by barcode, tab-separated without quoting, or an excerpt of two columns."""

from __future__ import annotations

from pathlib import Path

from omsdesk.channels.product_files.rows import RowProblem
from tests.channels.product_files.exports import products, read_export, read_file

EXPORT = (
    ""
    "code\turl\tcreator\tcreated_t\tproduct_name\tproduct_name_fr\tgeneric_name\tquantity\tbrands\tcategories\tcountries\timage_url\n"
    '3017620422003\thttp://x\tbot\t1\t"Nutella\t\t\t400 g\tNutella, Ferrero\tSpreads,'
    " Sweet spreads\tFrance\thttps://img/n.jpg\n"
    "0000000000017\thttp://x\tbot\t1\t\tVitória crackers\t\t\t\ten:plant-based-foods,en:crackers\tFrance\t\n"
    "96385074\thttp://x\tbot\t1\t\t\t\t\t\t\t\t\n"
)


def test_the_tab_separated_export_is_read(tmp_path: Path) -> None:
    nutella, crackers, nameless = read_export(tmp_path, "open_food_facts", EXPORT)
    (nutella, crackers) = products([nutella, crackers])
    assert (nutella.key, nutella.name, nutella.variant) == ("barcode:03017620422003", '"Nutella', "400 g")
    assert (nutella.brand, nutella.category, nutella.price) == ("Nutella", "Spreads", None)
    assert nutella.image == "https://img/n.jpg"
    assert (crackers.name, crackers.category) == ("Vitória crackers", "Plant based foods")
    assert isinstance(nameless, RowProblem)
    assert (nameless.line, nameless.reason) == (4, "The product has no name.")


def test_an_excerpt_of_barcodes_and_names_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("barcode,name\n3017620422003,Nutella\n", encoding="utf-8")
    (row,) = products(read_file(path, "open_food_facts", "EUR"))
    assert (row.name, row.barcodes[0].code) == ("Nutella", "3017620422003")
