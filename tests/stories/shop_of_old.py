"""A day's work in a database of each version that shops may still have, as that version wrote it.

``python -m tests.stories.shop_of_old`` writes the one of this version. It is run once before a version is released,
and the file never changes again: what stands in it stands on the disks of real shops.
"""

from __future__ import annotations

import json
import lzma
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.store.database import Database, open_database
from omsdesk.store.engine import Connection
from tests.stories.shop_floor import CLOCK, a_days_work, must, station

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "shops_of_old"

_FIGURES = {
    "receipts": "SELECT count(*), coalesce(sum(total), 0) FROM sale WHERE number IS NOT NULL",
    "lines": "SELECT count(*) FROM sale_line",
    "tenders": "SELECT method, count(*), sum(amount) FROM sale_tender GROUP BY method ORDER BY method",
    "taxes": "SELECT code, rate_ppm, count(*), sum(net), sum(amount) FROM sale_tax GROUP BY 1, 2 ORDER BY 1, 2",
    "cash": "SELECT reason, count(*), sum(amount) FROM cash_movement GROUP BY reason ORDER BY reason",
    "stock": "SELECT place, count(*), sum(quantity) FROM stock_level GROUP BY place ORDER BY place",
    "prices": "SELECT count(*), sum(minor) FROM price",
    "products": "SELECT count(*) FROM product",
    "people": "SELECT name FROM person ORDER BY name",
}


def shops() -> list[str]:
    """Name the versions that there is a shop of, the oldest first."""
    return sorted(file.name.removesuffix(".db.xz") for file in FOLDER.glob("*.db.xz"))


def open_shop_of(release: str, folder: Path) -> Database:
    """Put the disk of a shop where this program finds it, and open it as a start does."""
    path = folder / "shop.db"
    path.write_bytes(lzma.decompress((FOLDER / f"{release}.db.xz").read_bytes()))
    return open_database(path, CLOCK.new_id)


def figures_of(release: str) -> object:
    """Read what that version showed of its shop."""
    return json.loads((FOLDER / f"{release}.json").read_text())


def figures(reader: Connection) -> dict[str, list[list[object]]]:
    """Count what a shop has, in a way that no later version may change."""
    return {name: [list(row) for row in reader.rows(question)] for name, question in _FIGURES.items()}


def write(release: str) -> Iterator[Path]:
    """Work a day in this version, and keep it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.db"
        with station(path) as executor:
            must(executor, SavePerson(Person("olga", "Olga", Role.OWNER)))
            must(executor, SavePerson(Person("cara", "Cara", Role.CASHIER)))
        a_days_work(path, 240)
        with station(path) as executor:
            shown = figures(executor.database.writer)
            executor.database.writer.raw.execute("VACUUM")
        (FOLDER / f"{release}.json").write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n")
        yield FOLDER / f"{release}.json"
        (FOLDER / f"{release}.db.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9))
        yield FOLDER / f"{release}.db.xz"


if __name__ == "__main__":
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for written in write(project["version"]):
        print(written)  # noqa: T201 - a tool's word
