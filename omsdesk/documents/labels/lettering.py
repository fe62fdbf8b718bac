"""Text brought into a box: measured with the fonts that print it, made smaller or wrapped, never cut without a word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from omsdesk.documents import fonts
from omsdesk.documents.labels.model import Stand
from omsdesk.documents.paper import Align
from omsdesk.documents.wrap import clean

if TYPE_CHECKING:
    from PIL.Image import Image

PITCH = 1.2
"""Distance of lines in parts of the letters' size."""
_ASCENT = 0.96
"""From the top of a line to its foot, in parts of the letters' size."""
_TO_INK = [0] * 128 + [255] * 128
_INVERTED = list(range(255, -1, -1))
_BOLD = 0.02
"""How much thicker, by the size of the letters, bold strokes are on each side."""
_STEP = 16
"""Letters become smaller by a sixteenth at a time."""
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Face:
    """How a text is to be set: sizes in dots, ``least`` being as small as it may become."""

    size: int
    least: int
    is_bold: bool = False
    most_lines: int = 1
    align: Align = Align.LEFT
    stand: Stand = Stand.TOP


@dataclass(frozen=True, slots=True)
class Lettering:
    """Ink inside a box: a picture, black on white, and where its upper left corner stands; no picture if no ink."""

    picture: Image | None = None
    x: int = 0
    y: int = 0
    note: str = ""
    """What could not be set as it was written; empty if all of it could."""


@lru_cache(maxsize=2048)
def letter(text: str, width: int, height: int, face: Face) -> Lettering:
    """Set a text into a box of so many dots: as large as it may be, and smaller until it fits."""
    paragraphs = tuple(" ".join(line.split()) for line in clean(text).splitlines() if line.strip())
    if not paragraphs or width < 1 or height < 1:
        return Lettering(note=f"There is no room for “{_shortened(text)}”." if paragraphs else "")
    missing = fonts.missing_note(text)
    size, least = max(face.size, 1), max(min(face.least, face.size), 1)
    while True:
        # A word is broken only where it is too wide at the least size, too.
        is_whole = size == least or not _breaks_words(paragraphs, width, face, size)
        found = _set(paragraphs, width, height, face, size) if is_whole else None
        if found is not None:
            return Lettering(found.picture, found.x, found.y, missing)
        if size == least:
            return _cut(paragraphs, width, height, face, least)
        size = max(least, size - max(1, size // _STEP))


def _set(paragraphs: tuple[str, ...], width: int, height: int, face: Face, size: int) -> Lettering | None:
    """Set a text at one size; None where it does not fit."""
    lines = [line for paragraph in paragraphs for line in _wrapped(paragraph, width, face, size)]
    if len(lines) > face.most_lines or any(_width(line, face, size) > width for line in lines):
        return None
    return _drawn(lines, width, height, face, size)


def _breaks_words(paragraphs: tuple[str, ...], width: int, face: Face, size: int) -> bool:
    if face.most_lines == 1:
        return False
    words = (word for paragraph in paragraphs for word in paragraph.split(" "))
    return any(max(word) < _NO_SPACES and _width(word, face, size) > width for word in words)


_NO_SPACES = "\u0900"
"""From here on letters are of scripts, in Asia, that write words without spaces, or break them where they like."""


def _drawn(lines: list[str], width: int, height: int, face: Face, size: int) -> Lettering | None:
    """Draw lines, and move their ink inside of the box; None where there is more ink than room."""
    from PIL import Image, ImageDraw

    pitch, margin = round(size * PITCH), size
    sheet = Image.new("L", (width + 2 * margin, pitch * len(lines) + 2 * margin), 0)
    draw = ImageDraw.Draw(sheet)
    for place, line in enumerate(lines):
        free = width - _width(line, face, size)
        x = margin + {Align.LEFT: 0.0, Align.CENTER: free / 2, Align.RIGHT: free}[face.align]
        baseline = margin + pitch * place + round(size * _ASCENT)
        for run in fonts.runs(line, is_bold=face.is_bold):
            font = fonts.load(run.path, size)
            # Fonts of other scripts come in one weight.
            stroke = _BOLD * size if face.is_bold and run.path != fonts.bundled(is_bold=True) else 0.0
            draw.text((round(x), baseline), run.text, font=font, fill=255, anchor="ls", stroke_width=stroke)
            x += font.getlength(run.text)
    ink = sheet.point(_TO_INK)
    box = ink.getbbox()
    if box is None:
        return Lettering()
    left, top, right, bottom = box
    if right - left > width or bottom - top > height:
        return None
    spare = height - pitch * len(lines)
    stood = {Stand.TOP: min(spare, 0) / 2 if spare < 0 else 0, Stand.MIDDLE: spare / 2, Stand.BOTTOM: spare}
    x = min(max(left - margin, 0), width - (right - left))
    y = min(max(round(stood[face.stand]) + top - margin, 0), height - (bottom - top))
    picture = ink.crop(box).point(_INVERTED).convert("1", dither=Image.Dither.NONE)
    return Lettering(picture, x, y)


def _cut(paragraphs: tuple[str, ...], width: int, height: int, face: Face, size: int) -> Lettering:
    """Set as much of a text as there is room for, with an ellipsis after it, and say so."""
    whole = "\n".join(paragraphs)
    least, most, best = 0, len(whole) - 1, None
    while least <= most:
        middle = (least + most) // 2
        start = tuple(line for line in f"{whole[:middle].rstrip()}{_ELLIPSIS}".split("\n") if line)
        found = _set(start, width, height, face, size)
        if found is None:
            most = middle - 1
        else:
            best, least = found, middle + 1
    shown = _shortened(" ".join(paragraphs))
    if best is None:
        return Lettering(note=f"There is no room for “{shown}”. Make its box larger or its letters smaller.")
    note = f"“{shown}” does not fit and ends with an ellipsis. Make its box larger or its letters smaller."
    return Lettering(best.picture, best.x, best.y, note)


_SHOWN = 60


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}{_ELLIPSIS}"


def _wrapped(paragraph: str, width: int, face: Face, size: int) -> list[str]:
    """Break a paragraph between words, and a word that is wider than the box between letters."""
    if face.most_lines == 1 or _width(paragraph, face, size) <= width:
        return [paragraph]
    lines: list[str] = []
    for word in paragraph.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined, face, size) <= width:
            lines[-1] = joined
        else:
            lines += _broken(word, width, face, size)
        if len(lines) > face.most_lines:
            break
    return lines


def _broken(word: str, width: int, face: Face, size: int) -> list[str]:
    pieces: list[str] = []
    while word and len(pieces) <= face.most_lines:
        length = len(word)
        while length > 1 and _width(word[:length], face, size) > width:
            length -= max(1, length // _STEP)
        pieces.append(word[:length])
        word = word[length:]
    return pieces


def _width(text: str, face: Face, size: int) -> float:
    return sum(fonts.load(run.path, size).getlength(run.text) for run in fonts.runs(text, is_bold=face.is_bold))
