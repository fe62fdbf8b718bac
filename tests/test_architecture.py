"""The house rules: what holds in every file, whoever wrote it.

Docstrings, unfinished work, slow imports at start and naming are ruff's (pyproject.toml), annotations mypy's, the
direction of imports import-linter's. Here stand the rules that no tool knows. Each is a function from one file to its
sins, and each is shown a planted sin below, so that none can fall asleep.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

import apsw
import pytest
from PySide6 import QtCore, QtGui, QtWidgets

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = {"__pycache__", "build", "dist", "node_modules"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A Python file by its path from the root, with forward slashes."""

    path: str
    text: str
    tree: ast.Module = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", ast.parse(self.text))

    @property
    def lines(self) -> int:
        """Lines that say something."""
        return sum(bool(line.strip()) for line in self.text.splitlines())

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def imports(self) -> list[str]:
        """Full names of what is imported, wherever in the file: ``from a import b`` gives ``a.b``."""
        package = self.path.split("/")[:-1]
        names = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = package[: len(package) - node.level + 1] if node.level else []
                names += [".".join([*above, *filter(None, [node.module]), alias.name]) for alias in node.names]
        return names


@cache
def sources(folder: str) -> list[Source]:
    """Every Python file below a folder of the checkout."""
    paths = [path for path in sorted((ROOT / folder).rglob("*.py")) if not SKIPPED.intersection(path.parts)]
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def length(node: Function) -> int:
    """Lines of a function, its decorators apart."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


# --- rules for one file: each yields its sins -------------------------------------------------------------------------

Rule = Callable[[Source], Iterator[str]]


def small_module(source: Source) -> Iterator[str]:
    """No module over 500 lines."""
    lines = source.text.count("\n")
    if lines > 500:
        yield f"{lines} lines: cut it where its nouns part"


def small_functions(source: Source) -> Iterator[str]:
    """No function over 60 lines."""
    for node in source.functions:
        if length(node) > 60:
            yield f"{node.lineno}: {node.name} has {length(node)} lines"


DRAWERS = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def no_drawer(source: Source) -> Iterator[str]:
    """A file or folder is named after what is in it."""
    for part in DRAWERS.intersection(Path(source.path).with_suffix("").parts):
        yield f"{part} is a drawer, not a room"


def one_sentence(source: Source) -> Iterator[str]:
    """A package's ``__init__.py`` is its purpose in one sentence and nothing else."""
    if not source.path.endswith("__init__.py"):
        return
    sentence = ast.get_docstring(source.tree) or ""
    if not sentence.endswith(".") or "\n" in sentence or len(source.tree.body) != 1:
        yield "is not one docstring of one sentence"


def finished(source: Source) -> Iterator[str]:
    """Nothing is left for later (comments that say so are found by ruff's FIX rules)."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node):
            yield f"{node.lineno}: not implemented"


def standard_library_alone(source: Source) -> Iterator[str]:
    """The domain imports itself and the standard library."""
    if source.path.startswith("omsdesk/domain/"):
        for name in source.imports:
            if not name.startswith("omsdesk.domain.") and name.split(".")[0] not in sys.stdlib_module_names:
                yield f"imports {name}"


OUTSIDE_WORLD = {"os", "random", "secrets", "socket", "sqlite3", "subprocess", "threading", "time"}


def pure(source: Source) -> Iterator[str]:
    """The domain asks no clock, throws no dice, opens nothing: the same facts give the same answer for ever."""
    if not source.path.startswith("omsdesk/domain/"):
        return
    for name in source.imports:
        if name.split(".")[0] in OUTSIDE_WORLD or name in {"uuid.uuid1", "uuid.uuid4"}:
            yield f"imports {name}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow", "uuid1", "uuid4"}:
            yield f"{node.lineno}: asks for .{node.attr}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "print", "input"}
        ):
            yield f"{node.lineno}: calls {node.func.id}"


def exact(source: Source) -> Iterator[str]:
    """No float in the domain: money and quantities are integers, rates are decimals."""
    if not source.path.startswith("omsdesk/domain/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{node.lineno}: float"
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{node.lineno}: {node.value}"


def writes_in_one_place(source: Source) -> Iterator[str]:
    """Transactions begin and end in store and actions alone, and where the service keeps its rows in PostgreSQL."""
    if re.match(r"omsdesk/(store/|actions/|server/postgres\.py)", source.path):
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit" | "rollback" as verb)):
                yield f"{node.lineno}: .{verb}()"
            # A screen has no engine at hand (libraries_at_home), and may begin what it likes.
            case ast.Call(func=ast.Attribute(attr="begin"), args=[]) if not source.path.startswith("omsdesk/ui/"):
                yield f"{node.lineno}: .begin()"
            case ast.Constant(value=str(text)) if re.match(r"\s*(BEGIN|COMMIT|ROLLBACK)\b", text):
                yield f"{node.lineno}: {text.strip()}"


def background_in_one_place(source: Source) -> Iterator[str]:
    """The interface leaves its thread through ui/background.py alone."""
    if not source.path.startswith("omsdesk/ui/") or source.path == "omsdesk/ui/background.py":
        return
    for name in source.imports:
        if re.search(r"\b(QThread|QThreadPool|QRunnable)\b", name):
            yield f"imports {name}"


# Which part of the program may use which library.
HOMES = {
    "PySide6": {"app", "ui"},
    "alembic": {"server", "store"},
    "asyncpg": {"server"},
    "cv2": {"devices"},
    "escpos": {"devices", "documents"},
    "hid": {"devices"},
    "reportlab": {"documents"},
    "serial": {"devices"},
    "shiboken6": {"ui"},
    "sqlalchemy": {"reports", "server", "store"},
    "sqlcipher3": {"store"},
    "sqlite3": {"reports", "store"},
    "usb": {"devices"},
    "zxingcpp": {"devices"},
}


def libraries_at_home(source: Source) -> Iterator[str]:
    """Each library has one part of the program that knows it."""
    here = re.match(r"omsdesk/(\w+)", source.path)
    for name in source.imports:
        homes = HOMES.get(name.split(".")[0])
        if here and homes and here[1] not in homes:
            yield f"imports {name}, which belongs to {' and '.join(sorted(homes))}"


STRANGERS = re.compile(r"omsdesk[./](?:(?:channels|carriers|payments|accounting|devices[./]drivers|ui)[./])(\w+)[./]\w")


def strangers_stay_strangers(source: Source) -> Iterator[str]:
    """A vendor imports no other vendor, a screen no other screen; screens share ui/widgets."""
    here = STRANGERS.match(source.path)
    if not here or here[1] == "widgets":
        return
    part = here[0].replace("/", ".").rsplit(f".{here[1]}.", 1)[0]
    for name in source.imports:
        there = STRANGERS.match(name)
        is_folder = there and (ROOT / part.replace(".", "/") / there[1]).is_dir()
        if there and is_folder and name.startswith(f"{part}.") and there[1] not in {here[1], "widgets"}:
            yield f"imports {name}"


QT_NAMES = {
    name for module in (QtCore, QtGui, QtWidgets) for thing in dir(module) for name in dir(getattr(module, thing))
}
SQLITE_NAMES = {*dir(apsw.VFS), *dir(apsw.VFSFile)}


def camel_case_for_qt_alone(source: Source) -> Iterator[str]:
    """A method in camelCase overrides one of Qt's, or of SQLite's file system; our own names are snake_case."""
    for node in source.functions:
        if re.search(r"[a-z][A-Z]", node.name) and node.name not in QT_NAMES | SQLITE_NAMES:
            yield f"{node.lineno}: {node.name} is no method of Qt's"


EVERYWHERE: list[Rule] = [small_module, small_functions, no_drawer, camel_case_for_qt_alone]
IN_THE_PRODUCT: list[Rule] = [
    *EVERYWHERE,
    one_sentence,
    finished,
    standard_library_alone,
    pure,
    exact,
    writes_in_one_place,
    background_in_one_place,
    libraries_at_home,
    strangers_stay_strangers,
]


def sins(rule: Rule, among: list[Source]) -> str:
    """All sins against one rule, a line each with its file."""
    return "\n".join(f"{source.path}: {sin}" for source in among for sin in rule(source))


@pytest.mark.parametrize("rule", IN_THE_PRODUCT)
def test_the_product_keeps(rule: Rule) -> None:
    found = sins(rule, sources("omsdesk"))
    assert not found, found


@pytest.mark.parametrize("rule", EVERYWHERE)
def test_tests_packaging_and_tooling_keep(rule: Rule) -> None:
    tooling = Source("dev.py", (ROOT / "dev.py").read_text(encoding="utf-8"))
    found = sins(rule, [*sources("tests"), *sources("packaging"), tooling])
    assert not found, found


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (small_module, "omsdesk/domain/sale.py", "\n" * 501),
        (small_functions, "omsdesk/domain/sale.py", "def sell():\n" + "    pass\n" * 60),
        (no_drawer, "omsdesk/store/utils.py", ""),
        (no_drawer, "omsdesk/common/sale.py", ""),
        (one_sentence, "omsdesk/domain/__init__.py", ""),
        (one_sentence, "omsdesk/domain/__init__.py", '"""The sale."""\nfrom omsdesk.domain.sale import Sale\n'),
        (one_sentence, "omsdesk/domain/__init__.py", '"""The sale.\n\nAnd more.\n"""\n'),
        (finished, "omsdesk/domain/sale.py", "def sell():\n    raise NotImplementedError\n"),
        (standard_library_alone, "omsdesk/domain/sale.py", "import babel\n"),
        (standard_library_alone, "omsdesk/domain/sale.py", "from omsdesk.store import journal\n"),
        (standard_library_alone, "omsdesk/domain/sale.py", "from ..store import journal\n"),
        (pure, "omsdesk/domain/sale.py", "from datetime import datetime\nnow = datetime.now()\n"),
        (pure, "omsdesk/domain/sale.py", "def sell():\n    from time import time\n"),
        (pure, "omsdesk/domain/sale.py", "rows = open('prices.csv')\n"),
        (exact, "omsdesk/domain/sale.py", "price = 9.99\n"),
        (exact, "omsdesk/domain/sale.py", "price = float('9.99')\n"),
        (exact, "omsdesk/domain/sale.py", "def total() -> float: ...\n"),
        (writes_in_one_place, "omsdesk/ui/till/session.py", "connection.commit()\n"),
        (writes_in_one_place, "omsdesk/reports/sales.py", "connection.execute('BEGIN IMMEDIATE')\n"),
        (writes_in_one_place, "omsdesk/sync/push.py", "with engine.begin() as connection: ...\n"),
        (background_in_one_place, "omsdesk/ui/till/screen.py", "from PySide6.QtCore import QThread\n"),
        (
            background_in_one_place,
            "omsdesk/ui/till/screen.py",
            "def ask():\n    from PySide6.QtCore import QRunnable\n",
        ),
        (libraries_at_home, "omsdesk/domain/sale.py", "from PySide6.QtCore import QObject\n"),
        (libraries_at_home, "omsdesk/ui/till/session.py", "def ask():\n    import sqlalchemy\n"),
        (libraries_at_home, "omsdesk/store/engine.py", "import usb.core\n"),
        (strangers_stay_strangers, "omsdesk/ui/till/screen.py", "from omsdesk.ui.planted.models import Rows\n"),
        (camel_case_for_qt_alone, "omsdesk/ui/till/screen.py", "def scanArticle(): ...\n"),
    ],
)
def test_a_planted_sin_is_found(
    rule: Rule, path: str, text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "omsdesk/ui/planted").mkdir(parents=True)
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    assert sins(rule, [Source(path, text)])


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (small_functions, "omsdesk/domain/sale.py", "def sell():\n" + "    pass\n" * 59),
        (pure, "omsdesk/actions/clock.py", "from time import time\n"),
        (exact, "omsdesk/ui/theme.py", "ratio = 1.5\n"),
        (writes_in_one_place, "omsdesk/actions/execute.py", "connection.commit()\n"),
        (writes_in_one_place, "omsdesk/ui/widgets/pad.py", "painter.begin(device)\n"),
        (background_in_one_place, "omsdesk/ui/background.py", "from PySide6.QtCore import QThreadPool\n"),
        (libraries_at_home, "omsdesk/app.py", "from PySide6.QtWidgets import QApplication\n"),
        (strangers_stay_strangers, "omsdesk/ui/till/screen.py", "from omsdesk.ui.till.models import Rows\n"),
        (strangers_stay_strangers, "omsdesk/ui/till/screen.py", "from omsdesk.ui.widgets.pad import Pad\n"),
        (
            strangers_stay_strangers,
            "omsdesk/channels/shopify/orders.py",
            "from omsdesk.channels.ports import Channel\n",
        ),
        (camel_case_for_qt_alone, "omsdesk/ui/till/screen.py", "def keyPressEvent(self, event): ...\n"),
    ],
)
def test_what_is_allowed_passes(rule: Rule, path: str, text: str) -> None:
    assert not sins(rule, [Source(path, text)])


# --- rules for the whole ----------------------------------------------------------------------------------------------


def test_the_typical_module_and_function_are_small() -> None:
    product = sources("omsdesk")
    modules = [source.text.count("\n") for source in product if not source.path.endswith("__init__.py")]
    functions = [length(node) for source in product for node in source.functions]
    assert median(modules) <= 150
    assert median(functions) <= 8


def has_source(test: str, exists: Callable[[str], bool]) -> bool:
    """Tell whether ``tests/a/test_b.py`` or ``test_b_aspect.py`` has its ``omsdesk/a/b.py`` or package.

    tests/test_dev.py belongs to dev.py, tests/packaging/test_deb.py to packaging/deb.py.
    """
    folder, name = test.removeprefix("tests/").rpartition("/")[::2]
    words = name.removeprefix("test_").removesuffix(".py").split("_")
    stems = ["_".join(words[:count]) for count in range(len(words), 0, -1)]
    places = [f"{top}{folder}/{stem}".replace("//", "/").lstrip("/") for top in ("omsdesk/", "") for stem in stems]
    return any(exists(f"{place}.py") or exists(f"{place}/__init__.py") for place in places)


def test_tests_mirror_the_tree() -> None:
    free = ("tests/stories/", "tests/benchmarks/", "tests/test_architecture.py", "tests/ui/test_binding_is_sound.py")
    tests = [source.path for source in sources("tests") if Path(source.path).name.startswith("test_")]
    strays = [
        test for test in tests if not test.startswith(free) and not has_source(test, lambda p: (ROOT / p).exists())
    ]
    assert not strays, "\n".join(strays)


def test_a_test_without_its_source_is_found() -> None:
    exists = {"omsdesk/domain/sale.py", "omsdesk/store/queries/__init__.py", "dev.py", "packaging/deb.py"}.__contains__
    assert has_source("tests/domain/test_sale.py", exists)
    assert has_source("tests/domain/test_sale_rounding.py", exists)
    assert has_source("tests/store/test_queries.py", exists)
    assert has_source("tests/test_dev.py", exists)
    assert has_source("tests/packaging/test_deb.py", exists)
    assert not has_source("tests/store/test_sale.py", exists)
    assert not has_source("tests/domain/test_tax.py", exists)


def test_there_is_as_much_test_as_source() -> None:
    product, tests = (sum(source.lines for source in sources(folder)) for folder in ("omsdesk", "tests"))
    assert tests >= product, f"{tests / product:.2f} lines of test per line of source: {tests} for {product}"


# Written apart, so that this file does not hold what it looks for.
UNWANTED = {
    "unfinished": re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b"),
    "a package registry's host": re.compile(r"py" + r"pi\.(org|python)|python" + r"hosted\.org|registry\.npm" + "js"),
    "a path of one machine": re.compile(r"(?<![\w.])/(wo" + r"rk|ro" + r"ot)/"),
}


def unwanted(text: str) -> list[str]:
    """What no file of ours may hold."""
    return [what for what, pattern in UNWANTED.items() if pattern.search(text)]


def texts() -> Iterator[tuple[str, str]]:
    """Every text file of the checkout that a tool or a build did not leave there."""
    for top in sorted(ROOT.iterdir()):
        if top.name in {".git", ".venv", ".hypothesis", *SKIPPED} or top.name.endswith("_cache"):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not SKIPPED.intersection(path.parts):
                data = path.read_bytes()
                if b"\0" not in data[:8192]:
                    yield path.relative_to(ROOT).as_posix(), data.decode(errors="replace")


def test_no_file_holds_what_is_unwanted() -> None:
    found = [f"{path}: {what}" for path, text in texts() for what in unwanted(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    ["# TO" + "DO later", "https://py" + "pi.org/simple", "files.python" + "hosted.org", "open('/ro" + "ot/shop.db')"],
)
def test_what_is_unwanted_is_found(text: str) -> None:
    assert unwanted(text) != []
    assert unwanted("the work/root of it all, todos los días") == []


# --- the tree documents itself ----------------------------------------------------------------------------------------

BRANCH = re.compile(r"^(?P<indent>(?:[│ ]   )*)[├└]── (?P<name>[\w.]+/?)(?:\s+(?P<sentence>\S.*))?$")


def tree(readme: str) -> dict[str, str]:
    """The paths that a README's drawing of the tree names, each with what it says of them.

    The drawing starts with the line ``omsdesk/``; one level is four columns.
    """
    found: dict[str, str] = {}
    above = ["omsdesk"]
    for line in readme.partition("\nomsdesk/\n")[2].partition("```")[0].splitlines():
        branch = BRANCH.match(line)
        if branch:
            above[len(branch["indent"]) // 4 + 1 :] = [branch["name"].rstrip("/")]
            found["/".join(above)] = branch["sentence"] or ""
    return found


def test_a_drawn_tree_is_read() -> None:
    drawing = (
        "```\nomsdesk/\n├── app.py    knows every part\n├── domain/   What a shop is.\n"
        "└── ui/       Qt.\n    ├── theme.py\n    └── till/  The till.\n```\n├── resources/  not ours\n"
    )
    assert tree(drawing) == {
        "omsdesk/app.py": "knows every part",
        "omsdesk/domain": "What a shop is.",
        "omsdesk/ui": "Qt.",
        "omsdesk/ui/theme.py": "",
        "omsdesk/ui/till": "The till.",
    }


@pytest.mark.parametrize("folder", ["store", "server"])
def test_migrations_follow_one_another(folder: str) -> None:
    versions = sorted((ROOT / "omsdesk" / folder / "migrations" / "versions").glob("0*.py"))
    texts = [path.read_text(encoding="utf-8") for path in versions]
    numbers = [f"{number:04}" for number in range(1, len(versions) + 1)]
    assert [path.name[:4] for path in versions] == numbers, "two have one number: the later one to land is the next"
    assert [re.findall(r'^revision = "(\d+)"', text, re.MULTILINE) for text in texts] == [[row] for row in numbers]
    assert [re.findall(r'^down_revision = "(\d+)"', text, re.MULTILINE) for text in texts[1:]] == [
        [row] for row in numbers[:-1]
    ]


def test_what_readme_names_is_there() -> None:
    named = re.findall(r"`([a-z_]+/[\w./-]*)`", (ROOT / "README.md").read_text(encoding="utf-8"))
    places = (ROOT, ROOT / "omsdesk", ROOT / "tests")
    assert len(named) > 40
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_readme_draws_the_tree_that_is_there() -> None:
    readme = ROOT / "README.md"
    drawn = tree(readme.read_text(encoding="utf-8")) if readme.exists() else {}
    if not drawn:
        pytest.xfail("README.md draws no tree yet")
    assert [path for path in drawn if not (ROOT / path).exists()] == []
    sentences = {
        source.path.removesuffix("/__init__.py"): ast.get_docstring(source.tree)
        for source in sources("omsdesk")
        if source.path.endswith("__init__.py")
    }
    assert {path: said for path, said in drawn.items() if path in sentences and said != sentences[path]} == {}
    assert {path for path in sentences if path.count("/") == 1} <= drawn.keys()
