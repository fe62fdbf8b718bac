"""What a product file calls a tax, as one of the shop's tax categories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from omsdesk.domain.tax import TaxRate

_PERCENT = re.compile(r"(?:^|\D)(\d{1,2}(?:[.,]\d{1,3})?)\s*%")
_MOST_WORDS = 1000
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?")


class TaxWords:
    """The shop's tax categories by every word for them: category, letter on the receipt, name, rate."""

    def __init__(self, rates: Iterable[TaxRate], day: str, chosen: Mapping[str, str] | None = None) -> None:
        """Take the rates that hold on a day (ISO 8601), and what a person chose for words that tell nothing.

        The first category is the ordinary one: products without a word are taxed by it.
        """
        valid = [row for row in rates if row.valid_from <= day and (not row.valid_to or day <= row.valid_to)]
        self.ordinary = valid[0].category if valid else ""
        self.unknown: list[str] = []
        """Words that nobody could tell, in the order in which they came."""
        self._by_word: dict[str, str] = {}
        self._by_ppm: dict[int, str] = {}
        for rate in valid:
            self._by_ppm.setdefault(rate.tax.rate_ppm, rate.category)
            for word in (rate.category, rate.tax.code, f"{rate.tax.name} {rate.tax.percent}"):
                self._by_word.setdefault(word.casefold(), rate.category)
        self._by_word.update({word.casefold(): category for word, category in (chosen or {}).items()})

    def category(self, word: str) -> str:
        """Find the category that a word means; empty where nobody can tell."""
        key = word.strip().casefold()
        known = self._by_word.get(key)
        if known is not None:
            return known
        found = self._by_rate(key)
        # A column that holds no taxes at all has a new word in every row.
        if len(self._by_word) < _MOST_WORDS:
            self._by_word[key] = found
            if not found:
                self.unknown.append(word.strip())
        return found

    def _by_rate(self, word: str) -> str:
        found = _PERCENT.search(word) or _NUMBER.fullmatch(word)
        if found is None:
            return ""
        whole, _, rest = found[found.lastindex or 0].replace(",", ".").partition(".")
        return self._by_ppm.get(int(whole) * 10_000 + int(rest.ljust(4, "0")), "")
