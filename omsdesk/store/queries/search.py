"""Products found as somebody types: any words in any order, the last one begun, codes, and a typing error mended.

A letter fits half a million names, so nothing here looks at all of them. The index gives the first products that fit,
best sellers before others (``tables/search_rows.py``), and only these few are put in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omsdesk.domain.pricing import breaks_on
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, barcode_key
from omsdesk.domain.words import words
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.till import price_lists, prices_of
from omsdesk.store.queries.typed_words import CANDIDATES, FEW, LONGEST, Typed, by_words
from omsdesk.store.queries.typing_errors import LAST_LETTER, Meaning, is_known, meanings
from omsdesk.store.sql import Statements

_sql = Statements("search")

_MOST_MENDED = 2
_CLEAR_LETTERS = 3
_SHORTEST_CODE = 4
_MOST_CODES = 10
_GTIN_PADS = ("", "0", "00", "000", "000000")
"""What a stored GTIN begins with when 14, 13, 12 or 8 digits are printed; of 12 people often leave the zero out."""


@record
class Hit:
    """A product that was found. ``no`` is its row, for questions about many hits at once."""

    no: int
    product: str
    name: str
    variant: str
    brand: str
    sku: str
    category: str
    is_typo: bool = False
    """Whether a typing error had to be mended to find it."""


def search(connection: Connection, text: str, most: int = 30) -> list[Hit]:
    """Find products by what was typed so far, the likeliest first."""
    typed = Typed(text)
    coded = _by_code(connection, text.strip())
    found = {row[0]: row for row in (*coded, *by_words(connection, _sql.BY_WORDS, typed))}
    order = sorted(found.values(), key=lambda row: _rank(row, typed, coded))
    hits = [_hit(row) for row in order[:most]]
    if len(found) < FEW and not coded:
        mended = _mended(connection, typed, shortest=5 if found else 4)
        hits += [_hit(row, is_typo=True) for row in mended if row[0] not in found]
    return hits[:most]


def is_clear(hits: Sequence[Hit], text: str) -> bool:
    """Tell whether what was typed means the first hit: it is called that, or it alone fits a word and not a number.

    A number is a code or nothing, and what a typing error was mended for is a guess.
    """
    if not hits or hits[0].is_typo:
        return False
    typed = " ".join(words(text))
    names = ((f"{hit.name} {hit.variant}", hit.sku) for hit in hits)
    called = [hit for hit, its in zip(hits, names, strict=True) if typed in {" ".join(words(name)) for name in its}]
    if called or len(hits) > 1:
        return called == [hits[0]] and not typed.isdecimal()
    return len(typed) >= _CLEAR_LETTERS and any(letter.isalpha() for letter in typed)


def prices(connection: Connection, hits: Iterable[Hit], day: str) -> dict[str, Money]:
    """Find what one unit of each hit costs on a day (ISO 8601); products without a price are left out."""
    lists = price_lists(connection)
    found = {hit.product: breaks_on(day, prices_of(connection, hit.no, hit.product), lists) for hit in hits}
    return {product: breaks[0].price for product, breaks in found.items() if breaks}


def _by_code(connection: Connection, text: str) -> dict[Row, bool]:
    """Find products by a barcode or its beginning, each with whether the code is complete."""
    if len(text) < _SHORTEST_CODE or len(text) > LONGEST or " " in text:
        return {}
    key = barcode_key(text)
    found = dict.fromkeys(connection.rows(_sql.BY_CODE, low=key, high=key + "\0", most=1), True)
    for start in (pad + text for pad in (_GTIN_PADS if text.isdecimal() else _GTIN_PADS[:1])):
        for row in connection.rows(_sql.BY_CODE, low=start, high=start + LAST_LETTER, most=_MOST_CODES):
            found.setdefault(row, False)
    return found


def _rank(row: Row, typed: Typed, coded: dict[Row, bool]) -> tuple[int, int, str]:
    name, sku, sold_count = " ".join(words(row[2])), row[5], row[7]
    score = 2 * int(sold_count).bit_length()
    if row in coded:
        score += 200 if coded[row] else 100
    if typed.words:
        score += 4 * name.startswith(typed.text) + name.startswith(typed.words[0])
        score += 5 * (f" {typed.words[-1]} " in f" {name} ") + 8 * (name == typed.text)
        score += 100 * (bool(sku) and " ".join(words(sku)) == typed.text)
    return -score, len(name), name


def _mended(connection: Connection, typed: Typed, shortest: int) -> list[Row]:
    """Find products by what the words may have meant, those with the fewest errors first.

    Mended are the unknown words; if that finds nothing, words that are known too: they may be others mistyped.
    """
    long = [word for word in typed.words if len(word) >= shortest and word.isalpha()]
    unknown = [word for word in long if not is_known(connection, word, is_begun=word == typed.words[-1])]
    # Looking for what a word may have meant is the dearest part of a search: nothing is looked for twice.
    found: dict[str, list[Meaning]] = {}
    return _meant(connection, typed, unknown, found) or (
        _meant(connection, typed, long, found) if unknown != long else []
    )


def _meant(connection: Connection, typed: Typed, mistyped: list[str], found: dict[str, list[Meaning]]) -> list[Row]:
    wanted = sorted(mistyped, key=len, reverse=True)[:_MOST_MENDED]
    for word in wanted:
        if word not in found:
            found[word] = meanings(connection, word, is_begun=word == typed.words[-1])
    meant = {word: found[word] for word in wanted}
    if not meant or not all(meant.values()):
        return []
    rows = connection.rows(_sql.BY_WORDS, most=CANDIDATES, expression=typed.mended(meant))
    return sorted(rows, key=lambda row: (_errors(row, meant), *_rank(row, typed, {})))


def _errors(row: Row, meant: dict[str, list[Meaning]]) -> int:
    found = words(" ".join(row[2:6]))
    return sum(
        min((m.errors for m in meanings if any(m.fits(word) for word in found)), default=9)
        for meanings in meant.values()
    )


def _hit(row: Row, *, is_typo: bool = False) -> Hit:
    no, product, name, variant, brand, sku, category, _ = row
    return Hit(no, product, name, variant, brand, sku, category, is_typo)
