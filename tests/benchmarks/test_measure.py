"""What the benchmarks say of their measurements."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.measure import Row, Spread, in_turns, spread, spreads, table
from tests.benchmarks.memory import own_megabytes
from tests.benchmarks.products import HEADERS, write_products
from tests.benchmarks.raw import Recorder, raw_writer, writing
from tests.store.station import Station


def test_the_slow_end_is_told_beside_the_middle() -> None:
    assert spread(number / 1000 for number in range(101)) == Spread(50.0, 99.0)
    assert spread([0.002]) == Spread(2.0, 2.0)


def test_floor_and_ours_take_turns() -> None:
    order: list[str] = []
    pairs = in_turns([lambda: order.append("floor")] * 3, [lambda: order.append("ours")] * 3)
    assert order == ["floor", "ours"] * 3
    assert all(low >= 0 and high >= 0 for low, high in pairs)


def test_the_first_tenth_only_warms_up() -> None:
    floor, ours = spreads([(9.0, 9.0), *[(0.001, 0.002)] * 9])
    assert (floor.p99, ours.p99) == (1.0, 2.0)


def test_a_ratio_is_how_much_worse_than_the_floor_whatever_the_unit() -> None:
    assert Row("line", "10", Spread(2, 3), "<= 2x", is_met=True, floor=Spread(1, 1)).ratio == 2
    for unit in ("rows/s", "sales/s"):
        rate = Row("import", "10", Spread(20_000, 20_000), "<= 3x", True, Spread(60_000, 60_000), unit)
        assert rate.ratio == 3
    assert Row("search", "10", Spread(1, 1), "-", is_met=None).ratio is None


def test_the_table_says_what_was_not_reached() -> None:
    text = table(
        [Row("slow", "10", Spread(5, 6), "< 1 ms", is_met=False), Row("free", "10", Spread(5, 6), "-", is_met=None)]
    )
    slow, free = text.splitlines()[2:]
    assert slow.endswith("NO")
    assert free.endswith("-")


def test_what_was_taken_down_writes_the_same_rows_again(till: Station, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    till.database.writer.row("PRAGMA wal_checkpoint(TRUNCATE)")
    copy.write_bytes(till.path.read_bytes())
    recorder = Recorder(till.database.writer)
    till.sell("sale-1", "coffee", "tea")
    raw = raw_writer(copy)
    writing(raw, recorder.taken())()
    for name in ("journal", "sale", "sale_line", "stock_level", "shift_sum", "print_job"):
        query = f"SELECT * FROM {name} ORDER BY 1, 2"  # noqa: S608 - names from this test
        assert raw.execute(query).fetchall() == till.database.writer.rows(query)
    assert recorder.taken() == []
    raw.close()


def test_invented_products_are_the_same_at_every_run(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    write_products(first, 100, None)
    write_products(second, 100, None)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_text(encoding="utf-8").splitlines()[0] == ",".join(HEADERS)
    assert len(first.read_text(encoding="utf-8").splitlines()) == 101


def test_a_process_knows_its_memory() -> None:
    assert 0 <= own_megabytes() < 10_000
