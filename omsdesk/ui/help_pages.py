"""The pages of the help: short texts in ``resources/help``, read when somebody asks for help.

A page is a text file named as screens and sheets name it in ``help_page``. Its first lines say where it belongs
(``place:``), which icon stands for it (``icon:``) and by which other words it is looked for (``words:``); then comes
its title after ``# ``, and a text of paragraphs, ``## `` headings, steps (``1. ``), points (``- ``) and `keys`. A line
goes on in the next one; an empty line ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from urllib.parse import quote

from omsdesk.domain.records import record
from omsdesk.domain.words import words
from omsdesk.resource_files import resource

SUFFIX = ".md"
KEY_SCHEME = "key"
"""``key:F7`` is the address of the picture of a key."""

_KEY = re.compile(r"`([^`]+)`")
_ITEM = re.compile(r"(?:- |\d+\. )(.*)")


@record
class HelpPage:
    """A page as it is written."""

    name: str
    title: str
    place: str
    icon: str
    words: str
    text: str

    @property
    def keys(self) -> list[str]:
        """The keys that the page names, as their caps show them."""
        return [_cap(key) for key in _KEY.findall(self.text)]


@cache
def all_pages() -> dict[str, HelpPage]:
    """Read every page: those of the till first, then by title."""
    found = [read(path.stem, path.read_text(encoding="utf-8")) for path in resource("help").glob(f"*{SUFFIX}")]
    return {page.name: page for page in sorted(found, key=lambda page: (_rank(page.place), page.title.casefold()))}


def _rank(place: str) -> int:
    return PLACES.index(place) if place in PLACES else len(PLACES)


PLACES = ("At the till", "Everywhere", "Back office")
"""Where a page can belong, in the order of the list."""


def read(name: str, written: str) -> HelpPage:
    """Take a page apart."""
    head, _, rest = written.partition("\n# ")
    title, _, text = rest.partition("\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    place, icon = facts.get("place", PLACES[-1]), facts.get("icon", "circle-question-mark")
    return HelpPage(name, title.strip(), place, icon, facts.get("words", ""), text.strip())


def find(typed: str) -> list[HelpPage]:
    """List the pages in which every typed word begins a word: those with it in the title first."""
    wanted = words(typed)
    ranked = [(_worth(page, wanted), page) for page in all_pages().values()]
    return [page for worth, page in sorted(ranked, key=lambda row: -row[0]) if worth]


def _worth(page: HelpPage, wanted: list[str]) -> int:
    for worth, text in ((3, page.title), (2, f"{page.title} {page.words}")):
        if _has(text, wanted):
            return worth
    return int(_has(f"{page.title} {page.words} {page.text}", wanted))


def _has(text: str, wanted: Iterable[str]) -> bool:
    have = words(text)
    return all(any(word.startswith(start) for word in have) for start in wanted)


def as_html(text: str) -> str:
    """Write a page's text as Qt reads it; keys become pictures at ``key:`` addresses."""
    made: list[str] = []
    items: list[str] = []
    kind = ""
    for block in [*_blocks(text), ""]:
        item = _ITEM.fullmatch(block)
        wanted = "" if item is None else "ul" if block.startswith("-") else "ol"
        if items and wanted != kind:
            made.append(f"<{kind}>{''.join(f'<li>{row}</li>' for row in items)}</{kind}>")
            items = []
        if item is not None:
            items.append(_inline(item[1]))
            kind = wanted
        elif block.startswith("## "):
            made.append(f'<p class="head">{_inline(block[3:])}</p>')
        elif block:
            made.append(f"<p>{_inline(block)}</p>")
    return "".join(made)


def _blocks(text: str) -> list[str]:
    """Put lines together that were broken only to be read in an editor."""
    made: list[str] = []
    is_open = False
    for line in map(str.strip, text.splitlines()):
        is_new = line.startswith("## ") or _ITEM.fullmatch(line) is not None
        if line and is_open and not is_new:
            made[-1] += f" {line}"
        elif line:
            made.append(line)
        is_open = bool(line) and not line.startswith("## ")
    return made


def _inline(text: str) -> str:
    return _KEY.sub(lambda found: key_picture(_cap(found[1])), escape(text, quote=False))


def _cap(key: str) -> str:
    """Write a key as caps show it, however it was written: ``Ctrl+Z`` is ``Ctrl Z``."""
    return key if len(key) < 2 else key.replace("+", " ")


def key_picture(cap: str) -> str:
    """Write the place of a key's picture."""
    return f'<img src="{KEY_SCHEME}:{quote(cap)}" alt="{escape(cap)}">'
