"""``python -m tests.benchmarks``: how fast everything is that people wait for, beside the floor of this machine."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.catching_up import catching_up
from tests.benchmarks.closing import closing
from tests.benchmarks.encrypting import encrypting
from tests.benchmarks.finding_customers import finding_customers
from tests.benchmarks.hearing import hearing
from tests.benchmarks.importing import importing
from tests.benchmarks.joining import joining
from tests.benchmarks.labelling import labelling
from tests.benchmarks.lagging import lagging
from tests.benchmarks.looking_up import looking_up
from tests.benchmarks.measure import Row, table
from tests.benchmarks.printing import printing
from tests.benchmarks.promoting import promoting
from tests.benchmarks.pushing import pushing
from tests.benchmarks.returning import returning
from tests.benchmarks.scanning import scanning
from tests.benchmarks.searching import searching
from tests.benchmarks.selling import selling
from tests.benchmarks.shops import Shops
from tests.benchmarks.starting import starting
from tests.benchmarks.tenants import tenants

WORKS: dict[str, Callable[[Shops, int], list[Row]]] = {
    work.__name__: work
    for work in (
        starting,
        looking_up,
        searching,
        finding_customers,
        hearing,
        scanning,
        promoting,
        selling,
        returning,
        printing,
        labelling,
        encrypting,
        closing,
        importing,
        pushing,
        joining,
        catching_up,
        lagging,
        tenants,
    )
}
SIZES = (10_000, 100_000, 1_000_000)


def main() -> int:
    """Measure what was asked for and print one table; the exit code says whether every goal was met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("works", nargs="*", metavar="work", help=f"what to measure: {', '.join(WORKS)}; otherwise all")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="products in the catalogue (%(default)s)")
    parser.add_argument("--data", type=Path, default=_data(), help="a folder with real product names; or OMSDESK_DATA")
    asked = parser.parse_args()
    unknown = [work for work in asked.works if work not in WORKS]
    if unknown:
        parser.error(f"there is no {unknown[0]}: choose from {', '.join(WORKS)}")
    shops, rows = Shops.kept(asked.data), []
    for size in map(int, asked.sizes.split(",")):
        for name in asked.works or WORKS:
            rows += WORKS[name](shops, size)
            print(f"{name} at {size:,} products: done", file=sys.stderr, flush=True)
    print(table(rows))
    return int(any(row.is_met is False for row in rows))


def _data() -> Path | None:
    """Find the real names: where the variable says, or in ``shared/data`` beside the checkout."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    named = os.environ.get("OMSDESK_DATA")
    return Path(named) if named else beside if beside.exists() else None


if __name__ == "__main__":
    sys.exit(main())
