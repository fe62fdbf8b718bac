"""Names as they are typed: every beginning, several words, codes, nonsense and typing errors."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import partial

from omsdesk.domain.words import words
from omsdesk.store.engine import Connection, open_reader
from omsdesk.store.queries import typing_errors
from omsdesk.store.queries.search import search
from tests.benchmarks.measure import Row, no_collector, spread, timed
from tests.benchmarks.shops import Shops

_FRAME_MS = 16
_EACH = 300
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def searching(shops: Shops, size: int) -> list[Row]:
    """Search for every kind of thing that people type; a row for each kind of them."""
    reader = open_reader(shops.shop(size))
    typing_errors.prepare()
    rows = []
    for kind, texts in _kinds(reader):
        for text in texts[:10]:
            search(reader, text)
        with no_collector():
            ours = spread(timed(partial(search, reader, text)) for text in texts)
        rows.append(Row(f"search: {kind}", f"{size:,}", ours, f"p99 < {_FRAME_MS} ms", ours.p99 < _FRAME_MS))
    reader.close()
    return rows


def _kinds(reader: Connection) -> Iterator[tuple[str, list[str]]]:
    """Give kinds of texts, made of the words that the shop has."""
    chance = random.Random(5)
    names = [words(name) for (name,) in reader.rows("SELECT name FROM product WHERE no % 7 = 1 LIMIT 60000")]
    names = [name for name in names if len(name) > 1]
    counted = Counter(word for name in names for word in name)
    common = [word for word, _ in counted.most_common(200)]
    long = [word for word in counted if len(word) > 5 and word.isalpha()]
    for length in (1, 2, 3, 4, 6):
        begun = Counter({word[:length]: 0 for word in counted})
        for word, times in counted.items():
            begun[word[:length]] += times
        yield f"the commonest {length} letters", [text for text, _ in begun.most_common(_EACH)]
    yield "words of a name, the last begun", [_begun(chance, name) for name in chance.sample(names, _EACH)]
    yield "two common words", [" ".join(chance.sample(common, 2)) for _ in range(_EACH)]
    yield "single letters", [" ".join(chance.sample(_LETTERS, chance.randint(2, 8))) for _ in range(_EACH)]
    yield "digits", [str(chance.randrange(10 ** chance.randint(1, 13))) for _ in range(_EACH)]
    yield "nonsense", ["".join(chance.choices(_LETTERS, k=chance.randint(3, 14))) for _ in range(_EACH)]
    yield "a typing error", [_mistyped(chance, chance.choice(long)) for _ in range(_EACH)]
    yield (
        "two typing errors",
        [
            f"{_mistyped(chance, chance.choice(long))} {_mistyped(chance, chance.choice(common + long))}"
            for _ in range(_EACH)
        ],
    )


def _begun(chance: random.Random, name: list[str]) -> str:
    some = chance.sample(name, min(len(name), chance.randint(1, 4)))
    return " ".join([*some[:-1], some[-1][: chance.randint(1, 8)]])


def _mistyped(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    swapped = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return chance.choice((word[:at] + word[at + 1 :], swapped, word[:at] + chance.choice(_LETTERS) + word[at + 1 :]))
