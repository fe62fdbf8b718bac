"""Words out of a table's cell: names, yes and no, units, categories, descriptions."""

from __future__ import annotations

import html
import re
from functools import lru_cache

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\ufeff]")
_FORMULA = re.compile(r"'(?=[=+@\-])")
# None of these looks beyond the next thing like it, so that the time grows with the text and not with its square.
_BREAKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]*>")
_TAGS = re.compile(
    r"(?is)<(script|style)\b(?:(?!<(?:script|style)\b).)*?</\1\s*>|<!--(?:(?!<!--).)*?-->|</?[a-z][^<>]*>"
)
_LITERAL = re.compile(r'="([^"]*)"')
_ERROR = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|FIELD!|GETTING_DATA|BLOCKED!)", re.IGNORECASE
)
"""What spreadsheets show in place of a result (ECMA-376, 18.18.11, and what Excel added)."""
_LEVELS = re.compile(r"\s*(?:>|»|/(?=\s)|\s/)\s*")

_NO = (
    "0 n no false f off inactive archived draft disabled discontinued hidden unavailable nein nicht falsch inaktiv"
    " gesperrt non faux inactif inactivo falso não nao inativo"
)
_NOS = frozenset(_NO.split())
_UNITS = {
    "piece": "piece pieces pc pcs each ea unit units unit(s) item items count ct stück stueck stk st pièce piece(s) pce"
    " unité unite unités pieza piezas unidad unidades ud uds und peça peças unidade un stuk stuks pz pezzo",
    "kg": "kg kilogram kilograms kilogramm kilogramme kilo kilos quilograma kilogramo",
    "g": "g gr gram grams gramm gramme grammes gramo grama",
    "lb": "lb lbs pound pounds livre libra",
    "oz": "oz ounce ounces once onza",
    "m": "m meter metre meters metres mètre metro metros",
    "cm": "cm centimeter centimetre zentimeter centimètre",
    "ft": "ft foot feet",
    "m2": "m2 m² qm",
    "l": "l liter litre liters litres litro litros ltr",
    "ml": "ml milliliter millilitre mililitro",
    "h": "h hour hours hr hrs stunde stunden heure hora",
}
UNITS = tuple(_UNITS)
"""Units that a product can be sold in, by their symbol (UCUM and SI); ``piece`` for what is counted."""
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}


def clean(text: str) -> str:
    """One line without surrounding or doubled spaces and without signs that nobody sees.

    An apostrophe that an export put before a formula sign, so that no spreadsheet computes it, is taken off again,
    and so is the formula ``="…"`` around a text.
    """
    text = " ".join(text.split())
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    if text.startswith("="):
        return literal(text)
    return _FORMULA.sub("", text, count=1) if text.startswith("'") else text


def literal(text: str) -> str:
    """A value without what keeps spreadsheets from computing it: ``'0123`` and ``="0123"`` are 0123."""
    wrapped = _LITERAL.fullmatch(text)
    return wrapped[1].strip() if wrapped else text.lstrip("'")


def is_spreadsheet_error(text: str) -> bool:
    """Tell whether a cell holds no value but a spreadsheet's complaint that it could not work one out."""
    return text.startswith("#") and _ERROR.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def category_path(text: str) -> str:
    """A category with its parents in one form: ``Clothing > T-shirts``, whatever parts them in the file."""
    return " > ".join(part for part in _LEVELS.split(clean(text)) if part)


@lru_cache(maxsize=1 << 10)
def is_yes(text: str) -> bool:
    """Tell whether a cell does not say no. Empty and unknown words do: a product that is in the file is sold."""
    return clean(text).casefold().removesuffix(".0") not in _NOS


def is_marked(text: str) -> bool:
    """Tell whether a cell says yes, where an empty one says no: archived, gift card."""
    return bool(text.strip()) and is_yes(text)


@lru_cache(maxsize=1 << 10)
def unit_of(text: str) -> str:
    """The unit that a word means; ``piece`` if there is no word, nothing if the word is unknown."""
    word = clean(text).casefold().rstrip(".")
    return _UNIT_OF.get(word, "") if word else "piece"


def plain_text(text: str) -> str:
    """A description without its HTML: paragraphs become lines."""
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub("\n", text))
    if "&" in text:
        text = html.unescape(text)
    lines = (clean(line) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
