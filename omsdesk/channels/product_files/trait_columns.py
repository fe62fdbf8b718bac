"""What is out of the ordinary about a product, as the columns of a table say it: ages, deposits, what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from omsdesk.channels.product_files.amounts import read_price
from omsdesk.channels.product_files.words import clean, literal

NAMES = {
    "age": "sold from age;minimum age;age limit;age restriction;mindestalter;altersgrenze;age minimum;edad minima",
    "minimum_price": (
        "minimum price;min price;lowest price;least price;mindestpreis;prix minimum;precio minimo;preco minimo"
    ),
    "asks_price": "open price;asks price;price is typed;offener preis;prix libre;precio abierto;preco aberto",
    "is_divisible": "divisible;is divisible;may be broken;teilbar;divisivel",
    "asks_serial": (
        "serial number asked;asks serial number;serial numbers;serial number;serialised;serialized;seriennummer;"
        "seriennummern;numero de serie;numeros de serie"
    ),
    "asks_lot": "lot asked;asks lot;lots;lot;lot number;batch;batch number;chargen;numero de lot;lote;lotes",
    "deposit": "deposit sku;deposit product;pfandartikel;article de consigne;articulo de envase",
    "is_deposit": "is deposit;is a deposit;ist pfand;est une consigne;es envase",
    "is_gift_card": "is gift card;gift card;ist gutschein;carte cadeau;tarjeta regalo",
}
"""What the columns are called, the surest name first, as ``layouts/synonyms.py`` writes names."""

_SWITCHES = frozenset({"asks_price", "is_divisible", "asks_serial", "asks_lot", "is_deposit", "is_gift_card"})
_OLDEST = 99
_YES = frozenset(
    {"yes", "y", "true", "t", "1", "x", "on", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí", "s", "sim"}
)
_NO = frozenset({"no", "n", "false", "f", "0", "-", "off", "nein", "falsch", "non", "faux", "nao", "não", "falso"})


def is_answer(field: str, text: str) -> bool:
    """Tell whether a cell can be what its column is called: of lots there are columns with numbers in them."""
    return field not in _SWITCHES or clean(text).casefold().removesuffix(".0") in _YES | _NO


def read(texts: Iterable[tuple[str, str]], currency: str, mark: str) -> tuple[tuple[str, Any], ...]:
    """Read the cells of a row, by the names of their fields; what is empty says nothing.

    A deposit stays as it is written: an SKU or a barcode, whose product is looked up when it is known.

    Raises:
        ValueError: a sentence about the first cell that cannot be understood. Somebody relies on what it says: it is
            better corrected than left out.

    """
    said = ((field, literal(clean(text))) for field, text in texts)
    return tuple((field, _value(field, text, currency, mark)) for field, text in said if text)


def _value(field: str, text: str, currency: str, mark: str) -> Any:
    if field in _SWITCHES:
        return _is_so(field, text)
    if field == "age":
        years = text.removesuffix("+").removesuffix(".0").strip()
        if not years.isdecimal() or int(years) > _OLDEST:
            raise ValueError(f"“{text}” is no age. Write it in years, such as 18.")
        return int(years)
    if field == "minimum_price":
        return read_price(text, currency, mark)
    return text


def _is_so(field: str, text: str) -> bool:
    word = text.casefold().removesuffix(".0")
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueError(f"“{text}” in the column “{NAMES[field].partition(';')[0]}” says neither yes nor no.")
