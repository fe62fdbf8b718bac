"""Customers are found by longer beginnings of their names at once: nearly every name is another word."""

from __future__ import annotations

import json
import re
import unicodedata

from alembic import op
from sqlalchemy import text

revision = "0019"
down_revision = "0018"

_UNSPACED = r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])"
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "ð": "d", "þ": "th"})
_SHELF = 1 << 40


def upgrade() -> None:
    """Make the index anew; it keeps no text, so its words come from the customers again."""
    op.execute("DROP TABLE customer_search")
    op.execute(
        "CREATE VIRTUAL TABLE customer_search\n"
        "USING fts5(words, content='', columnsize=0, prefix='1 2 3 4 5 6', tokenize='ascii')"
    )
    connection = op.get_bind()
    known = connection.execute(text("SELECT no, body, visits, is_active FROM customer")).all()
    for no, body, visits, is_active in known:
        said = json.loads(body)
        found = _words(f"{said.get('name', '')} {said.get('company', '')}")
        row = no - _SHELF * (visits.bit_length() // 3) if is_active else no + _SHELF
        connection.execute(
            text("INSERT INTO customer_search(rowid, words) VALUES (:row, :words)"), {"row": row, "words": found}
        )


def _words(said: str) -> str:
    """Fold as the program does that this belongs to."""
    folded = said.lower()
    if not said.isascii():
        twice = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", said.casefold()).casefold())
        folded = "".join(sign for sign in twice if not unicodedata.combining(sign)).translate(_LETTERS)
        folded = re.sub(_UNSPACED, r" \1 ", folded)
    return " ".join(re.findall(r"\w+", folded))
