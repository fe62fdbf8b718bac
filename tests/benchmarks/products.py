"""A product file of any length: real names where there are some, invented ones where not."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import accumulate, count, islice
from pathlib import Path

from omsdesk.domain.values import check_digit

HEADERS = ("sku", "name", "brand", "barcode", "category", "price", "tax", "stock")
NAMES = "open_food_facts_names.parquet"
"""818,775 real names in all scripts (Open Food Facts, ODbL 1.0), in the folder that ``--data`` names."""

_SUFFIXES = ("250 g", "500 g", "1 kg", "33 cl", "6 x 25 cl", "Bio", "Light", "XL", "2er Pack", "Limited")
_SYLLABLES = (
    "ba be bi bo bu ca ce co da de do fa fi fo ga go la le li lo ma me mi mo na ne no pa po ra re ri ro sa so ta"
)


def write_products(path: Path, size: int, data: Path | None) -> None:
    """Write a file of this many products, the same at every run."""
    rows = islice(_rows(data), size)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADERS, *()])
        csv.writer(file).writerows(rows)


def _rows(data: Path | None) -> Iterator[tuple[str, ...]]:
    seen: set[str] = set()
    for number, (name, code) in enumerate(_names(data)):
        is_new = code not in seen
        seen.add(code)
        price = f"{(100 + number * 37 % 9900) / 100:.2f}"
        yield (
            f"S{number:07d}", name, f"Brand {number % 500}", code if is_new else "", f"Department {number % 40}",
            price, "standard", str(number % 50),
        )  # fmt: skip


def _names(data: Path | None) -> Iterator[tuple[str, str]]:
    """Give names with codes: the real ones first, then again with another size each time, for ever."""
    real = _real_names(data / NAMES) if data and (data / NAMES).exists() else _invented_names()
    yield from real
    for number in count():
        name, _ = real[number * 7919 % len(real)]
        body = f"2{number:011d}"
        yield f"{name} {_SUFFIXES[number % len(_SUFFIXES)]}", f"{body}{check_digit(body)}"


def _real_names(path: Path) -> list[tuple[str, str]]:
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["name", "barcode"])
    return list(zip(table["name"].to_pylist(), table["barcode"].to_pylist(), strict=True))


def _invented_names() -> list[tuple[str, str]]:
    chance = random.Random(7)
    syllables = _SYLLABLES.split()
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(20_000)]
    # Few words are in very many names and most in few, as in real ones.
    weights = list(accumulate(1 / rank for rank in range(1, len(vocabulary) + 1)))
    drawn = (chance.choices(vocabulary, cum_weights=weights, k=chance.randint(2, 6)) for _ in range(100_000))
    names = map(" ".join, drawn)
    bodies = (f"40{number:010d}" for number in count())
    return [(name.capitalize(), f"{body}{check_digit(body)}") for name, body in zip(names, bodies, strict=False)]
