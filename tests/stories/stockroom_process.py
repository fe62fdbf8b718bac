"""A stockroom as a process of its own, beside the till and in the same file: goods come in, prices are changed.

Run as ``python -m tests.stories.stockroom_process DATABASE ROUNDS``. A line is written after each durable action.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import ONE
from tests.stories.shop_floor import CLOCK, PRODUCTS, francs, must, open_station, wait_at_the_door


def main(path: Path, rounds: int) -> None:
    """Work so many rounds: one piece of everything comes in, one product gets a new price."""
    executor = open_station(path)
    wait_at_the_door(path)
    for number in range(rounds):
        moves = tuple(Move(product, ONE, SUPPLIER, "shop:s1") for product in PRODUCTS)
        edit = ProductEdit("p0", price=francs(1000 + number))
        for command in (
            MoveGoods(CLOCK.new_id(), "delivery", moves),
            SaveProducts(CLOCK.new_id(), (edit,)),
        ):
            for entry in must(executor, command).entries:
                os.write(1, f"{entry.position} {entry.fact.kind} {entry.fact.subject}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
