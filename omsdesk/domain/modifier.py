"""Choices that go with an article: a milk, a size, extras. Each is an article itself, with its own price and taxes."""

from __future__ import annotations

from omsdesk.domain.records import record


@record
class ModifierGroup:
    """A question that is asked of an article, and what can be answered."""

    name: str
    options: tuple[str, ...]
    """The articles to choose from, by their SKUs."""
    least: int = 0
    """How many have to be chosen."""
    most: int = 1
    """How many may be chosen."""

    def fault(self, count: int) -> str:
        """Say what is wrong with so many answers; empty where nothing is."""
        if count < self.least:
            return f"Choose at least {self.least}." if self.least > 1 else "Choose one."
        if count > self.most:
            return f"Choose {self.most} at most." if self.most > 1 else "Choose only one."
        return ""

    @property
    def takes_one(self) -> bool:
        """Whether exactly one is chosen, so that the first tap answers."""
        return self.least == self.most == 1
