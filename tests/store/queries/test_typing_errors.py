"""What a mistyped word may have meant."""

from __future__ import annotations

import random
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import ProductEdit, ProductsSaved
from omsdesk.domain.values import Stamp
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection
from omsdesk.store.queries.typing_errors import is_known, meanings

GROCERIES = (
    "anchovies aubergine baguette biscuits blackberry broccoli camembert cappuccino cardamom chocolate cinnamon "
    "coriander croissant cucumber espresso grapefruit hazelnut lasagne macaroni marmalade mayonnaise mozzarella "
    "mushroom parmesan pineapple raspberry ravioli rosemary spaghetti strawberry tiramisu vanilla vinegar yoghurt "
    "tea teas milk silk salt malt"
)
WORDS = GROCERIES.split()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = open_database(tmp_path_factory.mktemp("words") / "shop.db", lambda: "device")
    with database.transaction("system", Stamp(1)) as transaction:
        transaction.record(ProductsSaved("b", tuple(ProductEdit(word, name=word) for word in WORDS)))
    yield database.writer
    database.close()


def one_error(word: str) -> Iterator[str]:
    """Every way to miss one key, hit one too many, hit the wrong one, or hit two in the wrong order."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + "q" + word[at + 1 :]
        yield word[:at] + "q" + word[at:]
        yield word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


@pytest.mark.parametrize("word", [word for word in WORDS if len(word) > 4])
def test_any_single_error_in_a_word_is_mended(shop: Connection, word: str) -> None:
    missed = [typed for typed in one_error(word) if word not in {m.term for m in meanings(shop, typed, is_begun=False)}]
    assert missed == []


def test_most_double_errors_in_long_words_are_mended(shop: Connection) -> None:
    chance = random.Random(1)
    long = [word for word in WORDS if len(word) >= 9]
    tried = [(word, chance.choice(list(one_error(chance.choice(list(one_error(word))))))) for word in long * 20]
    mended = [word for word, typed in tried if word in {m.term for m in meanings(shop, typed, is_begun=False)}]
    assert len(mended) > 0.75 * len(tried)


def test_the_nearest_meaning_comes_first(shop: Connection) -> None:
    assert meanings(shop, "mlik", is_begun=False)[0].term == "milk"
    assert {m.term for m in meanings(shop, "malk", is_begun=False)} == {"milk", "malt"}


def test_a_word_that_is_not_typed_to_its_end_is_mended_too(shop: Connection) -> None:
    begun = [m for m in meanings(shop, "strwab", is_begun=True) if m.is_begun]
    assert any("strawberry".startswith(m.term) and m.fits("strawberry") for m in begun)
    assert meanings(shop, "strwab", is_begun=False) == []


def test_nonsense_means_nothing(shop: Connection) -> None:
    chance = random.Random(2)
    for _ in range(200):
        typed = "".join(chance.choices(string.ascii_lowercase, k=chance.randint(6, 12)))
        assert all(m.errors <= 2 for m in meanings(shop, typed, is_begun=True))
    assert meanings(shop, "xqzjwk", is_begun=True) == []


def test_words_are_known_as_a_whole_or_by_their_beginning(shop: Connection) -> None:
    assert is_known(shop, "salt", is_begun=False)
    assert not is_known(shop, "choco", is_begun=False)
    assert is_known(shop, "choco", is_begun=True)


def test_nothing_heavy_is_loaded_before_the_first_mistake() -> None:
    root = Path(__file__).parents[3]
    program = "import sys, omsdesk.store.queries.search; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=root)
    assert not {"rapidfuzz", "sqlalchemy"} & set(done.stdout.split())
