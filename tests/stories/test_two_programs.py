"""The till and the stockroom are two programs with one file: both write at once, and neither loses anything."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.store.engine import open_reader
from omsdesk.store.queries import catalogue as catalogue_queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.verify import verify
from tests.stories.shop_floor import PRODUCTS, SHOP, francs, open_the_door, station

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 60


def start(module: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"tests.stories.{module}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, set[tuple[int, str, str]]]:
    """The file after two stockrooms and a till have worked in it at once, and every fact that one of them has shown."""
    path = tmp_path_factory.mktemp("shared") / "shop.db"
    with station(path):
        pass
    (path.parent / "closed-door").touch()
    programs = [
        start("till_process", path, 1, 4 * ROUNDS),
        start("stockroom_process", path, ROUNDS),
        start("stockroom_process", path, ROUNDS),
    ]
    open_the_door(path, len(programs))
    till, *stockrooms = (program.communicate()[0] for program in programs)
    assert [program.returncode for program in programs] == [0, 0, 0]
    screens = [json.loads(line) for line in till.splitlines()[1:]]
    shown = [tuple(fact) for screen in screens for fact in screen["facts"]]
    for output in stockrooms:
        for position, kind, subject in (line.split() for line in output.decode().splitlines()):
            shown.append((int(position), kind, subject))
    assert len(shown) == len(set(shown))
    return path, set(shown)


def test_every_fact_that_anybody_was_shown_is_there_once(shared: tuple[Path, set[tuple[int, str, str]]]) -> None:
    path, shown = shared
    with closing(open_reader(path)) as reader:
        found = reader.rows("SELECT position, kind, subject FROM journal")
        set_up = 4
        assert len(found) == len(shown) + set_up
        assert shown <= set(found)


def test_the_programs_took_turns_and_did_not_wait_for_one_another(
    shared: tuple[Path, set[tuple[int, str, str]]],
) -> None:
    path, _ = shared
    with closing(open_reader(path)) as reader:
        kinds = [kind for (kind,) in reader.rows("SELECT kind FROM journal ORDER BY position")]
    deliveries = [place for place, kind in enumerate(kinds) if kind == "catalogue.products_saved"]
    sold_between = [kind for kind in kinds[deliveries[1] : deliveries[-1]] if kind.startswith("sale.")]
    assert sold_between


def test_no_update_is_lost(shared: tuple[Path, set[tuple[int, str, str]]]) -> None:
    path, _ = shared
    with closing(open_reader(path)) as reader:
        for product in PRODUCTS:
            sold = reader.value("SELECT SUM(quantity) FROM sale_line WHERE product = :product", product=product) or 0
            on_hand = till_queries.on_hand(reader, product, SHOP)
            assert on_hand is not None
            assert on_hand.micro == (50 + 2 * ROUNDS) * 1_000_000 - sold
        changed = catalogue_queries.product_as_edit(reader, "p0")
    assert changed is not None
    assert changed.base == 1 + 2 * ROUNDS
    assert changed.price == francs(1000 + ROUNDS - 1)


def test_the_chain_is_one_chain_and_every_sum_comes_out(shared: tuple[Path, set[tuple[int, str, str]]]) -> None:
    path, _ = shared
    assert verify(path).sentences == ()
    with closing(open_reader(path)) as reader:
        assert reader.rows("SELECT DISTINCT origin, epoch FROM journal") == [tuple(till_queries.station(reader)[:2])]
