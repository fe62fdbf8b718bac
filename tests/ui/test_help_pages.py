"""The pages of the help: everything that a person can stand before has one, short, plain and true."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

import omsdesk.ui
from omsdesk.resource_files import resource
from omsdesk.ui.help_pages import PLACES, HelpPage, all_pages, as_html, find, read
from omsdesk.ui.navigation import Screen
from omsdesk.ui.settings.part import Part
from omsdesk.ui.sync.pane import Pane
from omsdesk.ui.till.sheets import Body

MOST_WORDS = 200
PLAIN_KEYS = {
    "Enter",
    "Esc",
    "Tab",
    "Delete",
    "+",
    "-",
    "*",
    "/",
    "←",
    "→",
    "↑",
    "↓",
    "PgUp",
    "PgDn",
    *"0123456789",
    *"PAN",
}
"""Keys that fields, lists and cards read themselves; all others are intents."""
JARGON = re.compile(
    r"\b(api|backend|cache|database|endpoint|enum|epoch|exception|gtin|identifier|invalid|json|journal|null|parameter"
    r"|payload|please|projection|query|schema|server|sku|sql|string|tenders?|token|uuid|widget)\b",
    re.IGNORECASE,
)
SHOWS_PARTS = {"TillScreen", "CustomersScreen", "ProductsScreen", "SettingsScreen", "SyncScreen"}
"""Screens that are never in front themselves: what they show names its own page."""


@cache
def in_front() -> dict[str, type[QWidget]]:
    """Everything of the program that can be in front of a person."""
    for module in pkgutil.walk_packages(omsdesk.ui.__path__, "omsdesk.ui."):
        importlib.import_module(module.name)
    found = [*below(Body), *below(Part), *below(Pane), *below(Screen), *named()]
    return {
        f"{kind.__module__}.{kind.__name__}": kind
        for kind in found
        if kind.__module__.startswith("omsdesk.") and not kind.__subclasses__() and kind.__name__ not in SHOWS_PARTS
    }


def below(kind: type[QWidget]) -> Iterator[type[QWidget]]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


def named() -> list[type[QWidget]]:
    """Views that take a screen's whole room."""
    from omsdesk.ui.catalogue import form_view, import_view, list_view
    from omsdesk.ui.customers import groups_view, people_view
    from omsdesk.ui.till import done_view, lock_view, pay_view, sell_view
    from omsdesk.ui.till.shifts import opening_view, report_view

    return [
        form_view.FormView, import_view.ImportView, list_view.ListView, done_view.DoneView, lock_view.LockView,
        opening_view.OpeningView, pay_view.PayView, report_view.ReportView, sell_view.SellView,
        people_view.PeopleView, groups_view.GroupsView,
    ]  # fmt: skip


PAGES = sorted(all_pages().values(), key=lambda page: page.name)


@pytest.fixture(params=PAGES, ids=[page.name for page in PAGES])
def page(request: pytest.FixtureRequest) -> HelpPage:
    assert isinstance(request.param, HelpPage)
    return request.param


# --- every place has a page -------------------------------------------------------------------------------------------


def test_whatever_is_in_front_names_a_page_that_exists() -> None:
    lacking = {name: kind.help_page for name, kind in in_front().items() if kind.help_page not in all_pages()}  # type: ignore[attr-defined]
    assert not lacking, "Write resources/help/<name>.md, and name it in help_page."


def test_every_page_explains_something_that_exists() -> None:
    explained = {kind.help_page for kind in in_front().values()}  # type: ignore[attr-defined]
    nowhere = {name for name, page in all_pages().items() if page.place != "Everywhere"} - explained
    assert not nowhere, "Nothing is explained by these: delete them, or name them in help_page."


# --- each is short, plain and true ------------------------------------------------------------------------------------


def test_it_says_what_it_is(page: HelpPage) -> None:
    assert page.title
    assert page.place in PLACES
    assert (resource("icons") / f"{page.icon}.svg").exists()
    assert page.words


def test_it_is_short(page: HelpPage) -> None:
    assert len(re.findall(r"\w+", f"{page.title} {page.text}")) < MOST_WORDS
    assert 3 <= len(page.title) <= 40


def test_it_speaks_as_people_do(page: HelpPage) -> None:
    assert not JARGON.findall(f"{page.title} {page.text}")
    assert not re.search(r"\b(he|she|his|her)\b", page.text)


def test_it_has_no_markup_that_nobody_reads(page: HelpPage) -> None:
    told = re.sub(r"`[^`]+`", "", page.text)
    assert not re.search(r"[*_#<>|]{2}|\]\(|^#(?!# )|^\* |`", re.sub(r"^## ", "", told, flags=re.MULTILINE))


def test_its_keys_are_keys_of_the_program(page: HelpPage) -> None:
    assert not [key for key in page.keys if key not in PLAIN_KEYS and sequence(key) not in intent_keys()]


def test_what_it_quotes_is_what_the_program_says(page: HelpPage) -> None:
    for quoted in re.findall("“([^”]+)”", page.text):
        for part in filter(None, (part.strip() for part in quoted.split("…"))):
            assert any(part.casefold() in said for said in everything_said()), f"Nothing says “{part}”."


def sequence(cap: str) -> str:
    return QKeySequence(cap.replace(" ", "+").replace("Enter", "Return")).toString()


@cache
def trees() -> list[ast.Module]:
    root = Path(omsdesk.ui.__path__[0]).parent
    return [ast.parse(path.read_text(encoding="utf-8")) for path in root.rglob("*.py")]


@cache
def intent_keys() -> set[str]:
    """The keys of all intents, read from the code; Alt+{number} is Alt+1 to Alt+9."""
    written = {
        text
        for tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Intent", "QKeySequence"}
        for text in map(text_of, [*call.args, *(word.value for word in call.keywords if word.arg == "keys")])
    }
    filled = {text.replace("{}", str(number)) for text in written for number in range(1, 10)}
    return {key for text in filled if len(text) < 20 and (key := QKeySequence(text).toString())}


def text_of(node: ast.expr) -> str:
    """A text as it is written; what is filled in is {}."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.Name):
        from omsdesk.ui import window

        return str(getattr(window, node.id, ""))
    return str(node.value) if isinstance(node, ast.Constant) else ""


@cache
def everything_said() -> set[str]:
    """Every text in the code, small."""
    return {
        str(node.value).casefold()
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


# --- how a page is read -----------------------------------------------------------------------------------------------


def test_the_head_of_a_page_is_taken_apart() -> None:
    page = read(
        "return", "place: At the till\nicon: undo-2\nwords: refund\n\n# Take goods back\n\nPress `F7`, `Ctrl K`.\n"
    )
    assert (page.name, page.title, page.place, page.icon) == ("return", "Take goods back", "At the till", "undo-2")
    assert (page.words, page.text, page.keys) == ("refund", "Press `F7`, `Ctrl K`.", ["F7", "Ctrl K"])


def test_a_page_without_a_head_is_a_page() -> None:
    page = read("odd", "\n# Odd\n")
    assert (page.title, page.text, page.place) == ("Odd", "", "Back office")


def test_keys_are_written_as_on_their_caps() -> None:
    page = read("odd", "\n# Odd\n\nPress `Ctrl+Z` or `+`.")
    assert page.keys == ["Ctrl Z", "+"]
    assert 'alt="Ctrl Z"' in as_html(page.text)


def test_pages_of_the_till_come_first() -> None:
    places = [page.place for page in all_pages().values()]
    assert places == sorted(places, key=PLACES.index)


def test_a_page_is_found_by_its_title_before_its_text() -> None:
    assert find("hold")[0].name == "hold"
    assert "pay" in [page.name for page in find("MONEY back")]
    assert [page.name for page in find("")] == list(all_pages())
    assert find("xylophone") == []


@pytest.mark.parametrize("typed", ["change", "Ch", "pin forgot"])
def test_every_page_that_is_found_has_the_words(typed: str) -> None:
    assert find(typed)
    for page in find(typed):
        everything = f"{page.title} {page.words} {page.text}".casefold()
        assert all(word in everything for word in typed.casefold().split())


class Reader(HTMLParser):
    """Checks that what was opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pictures: list[str] = []
        self.items = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")
        else:
            self.open.append(tag)
            self.items += tag == "li"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_becomes_html_that_is_whole(page: HelpPage) -> None:
    reader = Reader()
    reader.feed(as_html(page.text))
    assert reader.open == []
    assert len(reader.pictures) == len(page.keys)
    assert reader.items == len(re.findall(r"^(- |\d+\. )", page.text, re.MULTILINE))


def test_steps_points_and_paragraphs_follow_one_another() -> None:
    assert as_html("One `F1`\nline.\n\n- A point\n  of two\n- Next") == (
        '<p>One <img src="key:F1" alt="F1"> line.</p><ul><li>A point of two</li><li>Next</li></ul>'
    )
    made = as_html("Do <this> & that.\n\n1. One `F1`\n2. Two\n- Point\n## So\nEnd")
    assert made == (
        '<p>Do &lt;this&gt; &amp; that.</p><ol><li>One <img src="key:F1" alt="F1"></li><li>Two</li></ol>'
        '<ul><li>Point</li></ul><p class="head">So</p><p>End</p>'
    )
