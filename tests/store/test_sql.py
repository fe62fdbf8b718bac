"""Statements: written with SQLAlchemy, remembered as text, and every one of them understood by a real database."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.store import sql
from omsdesk.store.sql import Statements, compile_module, remember_in
from tests.store.station import Station

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "omsdesk" / "store"
MODULES = sorted(file.stem for file in (STORE / "statements").glob("*.py") if file.stem != "__init__")


@pytest.fixture
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a program does that has just started."""
    monkeypatch.setattr(sql, "_remembered", {})
    monkeypatch.setattr(sql, "_cache_folder", None)


def uses() -> Iterator[tuple[str, str, str]]:
    """Every ``_sql.NAME`` in the product: the file, the module of statements, the name."""
    for file in sorted((ROOT / "omsdesk").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        known = {}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Name)
                and node.value.func.id == "Statements"
                and isinstance(node.targets[0], ast.Name)
                and isinstance(node.value.args[0], ast.Constant)
            ):
                known[node.targets[0].id] = str(node.value.args[0].value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
                yield file.relative_to(ROOT).as_posix(), known[node.value.id], node.attr


def assigned(module: str) -> set[str]:
    """The names that a module of statements gives itself, and does not import."""
    tree = ast.parse((STORE / "statements" / f"{module}.py").read_text(encoding="utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


# --- every statement there is -----------------------------------------------------------------------------------------


def test_every_statement_that_is_used_is_written_and_every_one_written_is_used() -> None:
    used = {(module, name) for _, module, name in uses()}
    written = {(module, name) for module in MODULES for name in compile_module(module) if name in assigned(module)}
    assert used - written == set(), "used and not written"
    assert written - used == set(), "written and not used"


@pytest.mark.parametrize("module", MODULES)
def test_every_statement_is_understood_by_the_database(module: str, till: Station) -> None:
    for name, text in compile_module(module).items():
        if " " not in text or "," in text.split(" ", 1)[0]:
            continue  # a list of columns
        # A parameter without a value would be refused by the driver before SQLite looked at the statement.
        values = dict.fromkeys(re.findall(r":([a-z_0-9]+)", text), 0)
        plan = till.database.writer.raw.execute(f"EXPLAIN {text}", values).fetchall()
        assert plan, name


@pytest.mark.parametrize("module", MODULES)
def test_no_constant_is_left_for_somebody_else_to_fill_in(module: str) -> None:
    for name, text in compile_module(module).items():
        generated = re.findall(r":(\w+_\d+)\b", text)
        assert not generated, f"{module}.{name} waits for {generated}"


def plan(till: Station, text: str) -> str:
    """How SQLite would go about a statement."""
    values = dict.fromkeys(re.findall(r":([a-z_0-9]+)", text), 0)
    return " / ".join(row[3] for row in till.database.writer.raw.execute(f"EXPLAIN QUERY PLAN {text}", values))


LOOK_UPS = [
    ("catalogue", "BY_BARCODE"),
    ("catalogue", "BY_ID"),
    ("catalogue", "BY_SKU"),
    ("catalogue", "BY_SOURCE_KEY"),
    ("catalogue", "OF_CATEGORY"),
    ("catalogue", "FAVOURITES"),
    ("catalogue", "PRICES_OF"),
    ("journal", "HEAD"),
    ("journal", "OF_SUBJECT"),
    ("sale", "OPEN_AT"),
    ("sale", "HELD"),
    ("sale", "BY_NUMBER"),
    ("sale", "LAST_COMPLETED"),
    ("cash", "OPEN_AT"),
    ("cash", "SUMS"),
    ("cash", "MOVEMENTS"),
    ("printing", "UNSETTLED"),
    ("printing", "WAS_ASKED"),
    ("stock", "LEVEL"),
]


@pytest.mark.parametrize(("module", "name"), LOOK_UPS)
def test_what_the_till_asks_goes_by_an_index_and_never_through_a_whole_table(
    module: str, name: str, till: Station
) -> None:
    steps = plan(till, getattr(Statements(module), name))
    assert "SEARCH" in steps or "USING INDEX" in steps or "USING COVERING INDEX" in steps, steps
    assert not re.search(r"SCAN \w+( /|$)", steps), steps


# --- remembering ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_remembered")
def test_a_statement_is_text_with_named_parameters() -> None:
    text = Statements("catalogue").BY_BARCODE
    assert text.startswith("SELECT")
    assert ":code" in text
    assert "is_voided = 0" in Statements("sale").OPEN_AT, "a constant is written out: an index may depend on it"


@pytest.mark.usefixtures("nothing_remembered")
def test_a_name_that_is_not_written_is_named() -> None:
    with pytest.raises(AttributeError, match=r"omsdesk\.store\.statements\.sale has no statement BY_MAGIC"):
        _ = Statements("sale").BY_MAGIC


@pytest.mark.usefixtures("nothing_remembered")
def test_what_was_compiled_is_found_by_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember_in(tmp_path / "cache")
    before = Statements("sale").HELD
    (file,) = (tmp_path / "cache").iterdir()
    assert json.loads(file.read_text())["sale"]["HELD"] == before
    monkeypatch.setattr(sql, "_remembered", {})
    monkeypatch.setattr(sql, "compile_module", lambda module: pytest.fail(f"{module} was compiled again"))
    assert before == Statements("sale").HELD


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("content", ["", "{", "\x00\x00"])
def test_a_spoilt_cache_is_written_anew(tmp_path: Path, content: str) -> None:
    remember_in(tmp_path)
    file = sql._cache_file(tmp_path)
    file.write_text(content)
    assert Statements("sale").HELD.startswith("SELECT")
    assert "sale" in json.loads(file.read_text())


@pytest.mark.usefixtures("nothing_remembered")
def test_a_cache_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")
    remember_in(tmp_path / "a file" / "cache")
    assert Statements("sale").HELD.startswith("SELECT")


@pytest.mark.usefixtures("nothing_remembered")
@pytest.mark.parametrize("changed", ["statements/sale.py", "tables/sale.py", "statements/new.py"])
def test_after_a_change_of_the_sources_nothing_old_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    here = tmp_path / "store"
    for folder in ("statements", "tables"):
        (here / folder).mkdir(parents=True)
        for file in (STORE / folder).glob("*.py"):
            copied = here / folder / file.name
            copied.write_bytes(file.read_bytes())
            os.utime(copied, (0, 0))
    monkeypatch.setattr(sql, "_HERE", here)
    cache = tmp_path / "cache"
    remember_in(cache)
    assert Statements("sale").HELD
    (old,) = cache.iterdir()
    file = here / changed
    # One letter for another, and the date of before: as a reproducible build would have it.
    file.write_bytes(file.read_bytes().replace(b"e", b"E", 1) if file.exists() else b"")
    os.utime(file, (0, 0))
    monkeypatch.setattr(sql, "_remembered", {})
    assert Statements("sale").HELD
    assert [file for file in cache.iterdir() if file != old], "a new cache"
    assert not old.exists(), "and the old one is gone"


WARM = """
    import pathlib, sys
    from omsdesk.store.sql import remember_in
    remember_in(pathlib.Path(sys.argv[2]))
    from tests.domain.corner_shop import CASH, SHOP
    from omsdesk.actions.clock import SystemClock
    from omsdesk.actions.execute import Done, Executor
    from omsdesk.domain.cash import OpenShift
    from omsdesk.domain.people import SYSTEM
    from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
    from omsdesk.domain.values import Money, ONE
    from omsdesk.store.database import open_database
    from omsdesk.store.queries import receipts, till

    clock = SystemClock()
    database = open_database(pathlib.Path(sys.argv[1]), clock.new_id)
    executor = Executor(database, clock)
    found = till.product_by_barcode(database.reader(), "4006381333931", SHOP, clock.now().day)
    sale = clock.new_id()
    outcome = executor.execute(
        SYSTEM,
        OpenShift(clock.new_id(), Money(0, "GBP")),
        AddLine(sale, clock.new_id(), found.article, ONE),
        TakeTender(sale, clock.new_id(), CASH, Money(500, "GBP")),
        CompleteSale(sale),
    )
    assert isinstance(outcome, Done), outcome
    print(receipts.newest(database.writer, ["t1"])[0].number, "sqlalchemy" in sys.modules, "alembic" in sys.modules)
"""


def test_a_warm_start_looks_up_and_sells_without_sqlalchemy(tmp_path: Path) -> None:
    said = []
    for name in ("cold.db", "warm.db"):
        Station(tmp_path / name).close()
        run = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(WARM), str(tmp_path / name), str(tmp_path / "cache")],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        said.append(run.stdout.split())
    assert said == [["1A-000001", "True", "False"], ["1A-000001", "False", "False"]]
