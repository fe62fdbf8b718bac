"""Which font draws a text: Inter, a bundled one of its script, or the first on this computer that has its letters.

Pillow is imported at the first use. A letter that no font has is drawn as an empty box and named in a note.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.documents import right_to_left
from omsdesk.resource_files import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFont import FreeTypeFont

_SUFFIXES = {".ttf", ".otf", ".ttc"}
_SCRIPTS = ("Thai", "Hebrew", "Arabic", "Devanagari", "Tamil", "CJK")
"""Bundled Noto Sans fonts. Each has Latin letters and signs of money too, so that mixed lines stay in one font."""
_FAVOURED = ("dejavusans.ttf", "notosans", "liberationsans", "segoeui", "arial")
_STYLED = ("bold", "italic", "oblique", "light", "thin", "black", "condensed", "serif", "mono")
_PROBE = 24
_NO_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class FontRun:
    """A piece of text that one font draws; ``path`` is Inter where no font has the letters."""

    text: str
    path: Path
    is_covered: bool = True


def bundled(*, is_bold: bool = False) -> Path:
    """Find the font that comes with the program.

    Raises:
        FileNotFoundError: the installation is incomplete.

    """
    name = "Inter-Bold.ttf" if is_bold else "Inter-Regular.ttf"
    return resource(f"fonts/{name}")


def monospaced() -> Path:
    """Find a monospaced font of this computer for painting paper on the screen; the bundled font if there is none."""
    wanted = (
        "dejavusansmono.ttf",
        "notosansmono-regular.ttf",
        "liberationmono-regular.ttf",
        "consola.ttf",
        "menlo.ttc",
    )
    found = {path.name.lower(): path for path in _installed()}
    return next((found[name] for name in wanted if name in found), bundled())


@lru_cache(maxsize=64)
def load(path: Path, pixels: int) -> FreeTypeFont:
    """Open a font at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(str(path), pixels)


@lru_cache(maxsize=1024)
def runs(text: str, *, is_bold: bool = False) -> tuple[FontRun, ...]:
    """Split a text by fonts: whole if any font has all of it, so that right-to-left lines stay in order."""
    if not _turns_lines() and right_to_left.has_any(text):
        text = right_to_left.visual(text)
    first = bundled(is_bold=is_bold)
    letters = {character for character in text if not _is_invisible(character)}
    for path in _others(first):
        if all(covers(path, character) for character in letters):
            return (FontRun(text, path),)
    pieces: list[FontRun] = []
    for cluster in _clusters(text):
        found = next((path for path in _others(first) if _covers_all(path, cluster)), None)
        run = FontRun(cluster, found or first, found is not None)
        if pieces and (pieces[-1].path, pieces[-1].is_covered) == (run.path, run.is_covered):
            run = FontRun(pieces.pop().text + cluster, run.path, run.is_covered)
        pieces.append(run)
    return tuple(pieces)


def missing_note(text: str) -> str:
    """Say in a sentence which letters of a text no font has; empty if all can be drawn."""
    missing = sorted({c for run in runs(text) if not run.is_covered for c in run.text if not _is_invisible(c)})
    if not missing:
        return ""
    names = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
    return f"No font on this computer has {names}: an empty box stands there. Install a font for this script."


@cache
def _turns_lines() -> bool:
    """Tell whether Pillow found what lays out Arabic and Hebrew on this computer (FriBiDi)."""
    from PIL import features

    return bool(features.check_feature("raqm"))


@cache
def covers(path: Path, character: str) -> bool:
    """Tell whether a font has a letter: it draws it unlike a character that does not exist."""
    font = load(path, _PROBE)
    return bytes(font.getmask(character)) != _missing_glyph(path)


@cache
def _missing_glyph(path: Path) -> bytes:
    return bytes(load(path, _PROBE).getmask(_NO_CHARACTER))


def _covers_all(path: Path, text: str) -> bool:
    return all(covers(path, character) for character in text if not _is_invisible(character))


def _others(first: Path) -> Iterator[Path]:
    """Give all fonts; those of this computer are only looked for where no bundled one will do."""
    yield first
    yield from _bundled_scripts()
    yield from _installed()


@cache
def _bundled_scripts() -> tuple[Path, ...]:
    found = [path for script in _SCRIPTS for path in resource("fonts").glob(f"NotoSans{script}-*")]
    return tuple(path for path in found if _is_readable(path))


def _clusters(text: str) -> Iterator[str]:
    """Give letters with their combining marks, so that an accent is never drawn by another font."""
    cluster = ""
    for character in text:
        if cluster and not unicodedata.combining(character) and not _is_invisible(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


@cache
def _installed() -> tuple[Path, ...]:
    """List the readable fonts of this computer, plain sans-serif ones first."""
    found = [path for folder in _folders() if folder.is_dir() for path in folder.rglob("*")]
    fonts = (path for path in found if path.suffix.lower() in _SUFFIXES)
    return tuple(path for path in sorted(fonts, key=_rank) if _is_readable(path))


def _is_readable(path: Path) -> bool:
    try:
        load(path, _PROBE)
    except OSError:
        return False
    return True


def _rank(path: Path) -> tuple[bool, int, str]:
    name = path.name.lower()
    favour = next((i for i, start in enumerate(_FAVOURED) if name.startswith(start)), len(_FAVOURED))
    return any(style in name for style in _STYLED), favour, name


def _folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), Path.home() / "Library/Fonts"
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts"
