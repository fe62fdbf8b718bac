"""Text in a PDF: measured, wrapped and drawn with the bundled font, and as a fine picture where that lacks letters.

Figures are all as wide as one another, so that amounts in a column line up; large ones stand alone and are not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from omsdesk.documents import fonts
from omsdesk.documents.even_figures import even_figures
from omsdesk.documents.wrap import best_end

_PICTURE_SCALE = 8
"""Dots per point of a drawn line: 576 dpi, finer than any paper printer."""
_FIGURES = "0123456789"
_EVEN_UP_TO = 12.0
"""Points: larger figures keep their natural widths."""
_BASELINE = 0.8
_BOLD = 0.02
"""How much thicker, by the size of the letters, bold strokes are on each side."""
_TALL = 1.3


@dataclass(frozen=True, slots=True)
class Face:
    """Letters of a size with the distance of their lines, in points."""

    size: float
    leading: float
    is_bold: bool = False

    def styled(self, *, is_bold: bool) -> Face:
        """The same letters, bold or not."""
        return replace(self, is_bold=is_bold)

    @property
    def descent(self) -> float:
        """How far the baseline stands above the foot of the line: the letters look centred between two lines."""
        return (self.leading - 0.73 * self.size) / 2

    @property
    def font(self) -> str:
        """The name under which reportlab knows the font; registers it at the first use."""
        return _registered(fonts.bundled(is_bold=self.is_bold), self.size <= _EVEN_UP_TO)


@cache
def _registered(path: Path, is_even: bool) -> str:  # noqa: FBT001
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font: Any = TTFont(f"{path.stem}-{'even' if is_even else 'natural'}", str(path))
    swaps = even_figures(path) if is_even else {}
    for figure in map(ord, _FIGURES):
        if font.face.charToGlyph[figure] in swaps:
            font.face.charToGlyph[figure], font.face.charWidths[figure] = swaps[font.face.charToGlyph[figure]]
    pdfmetrics.registerFont(font)
    return str(font.fontName)


@lru_cache(maxsize=4096)
def text_width(text: str, face: Face) -> float:
    """How wide a text is, in points."""
    return sum(_run_width(run, face) for run in fonts.runs(text, is_bold=face.is_bold))


def wrap_text(text: str, face: Face, room: float) -> tuple[str, ...]:
    """Break a text between words into lines that fit; a word that is wider than the paper is split."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.rstrip(" ").split(" "):
            joined = f"{line} {word}" if line else word
            if text_width(joined, face) <= room:
                line = joined
                continue
            lines += [line] if line else []
            *full, line = _split(word, face, room)
            lines += full
        lines.append(line)
    return tuple(lines)


def draw_text(page: Any, x: float, y: float, text: str, face: Face, *, is_white: bool = False) -> None:
    """Draw a text with its baseline at ``y``."""
    for run in fonts.runs(text, is_bold=face.is_bold):
        if _is_embedded(run, face):
            page.setFont(face.font, face.size)
            page.drawString(x, y, run.text)
        else:
            picture = _picture(run, face, is_white=is_white)
            page.drawImage(
                _reader(picture),
                x,
                y - face.size * (_TALL - _BASELINE),
                picture.width / _PICTURE_SCALE,
                picture.height / _PICTURE_SCALE,
                mask="auto",
            )
        x += _run_width(run, face)


def _split(word: str, face: Face, room: float) -> list[str]:
    pieces, start, end = [], 0, 1
    while end < len(word):
        if text_width(word[start : end + 1], face) <= room:
            end += 1
            continue
        pieces.append(word[start:end][: best_end(word[start:end])])
        start += len(pieces[-1])
        end = start + 1
    return [*pieces, word[start:]]


def _is_embedded(run: fonts.FontRun, face: Face) -> bool:
    return run.is_covered and run.path == fonts.bundled(is_bold=face.is_bold)


def _run_width(run: fonts.FontRun, face: Face) -> float:
    if not _is_embedded(run, face):
        return _drawn_width(run, face)
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(run.text, face.font, face.size))


def _drawn_width(run: fonts.FontRun, face: Face) -> float:
    return float(fonts.load(run.path, round(face.size * _PICTURE_SCALE)).getlength(run.text)) / _PICTURE_SCALE


def _picture(run: fonts.FontRun, face: Face, *, is_white: bool) -> Any:
    """Draw a run of letters with the shaping that their script needs."""
    from PIL import Image, ImageDraw

    font = fonts.load(run.path, round(face.size * _PICTURE_SCALE))
    height = round(face.size * _TALL * _PICTURE_SCALE)
    mask = Image.new("L", (max(1, round(font.getlength(run.text))), height), 0)
    baseline = round(face.size * _BASELINE * _PICTURE_SCALE)
    # Fonts of other scripts come in one weight.
    stroke = _BOLD * font.size if face.is_bold and run.path != fonts.bundled(is_bold=True) else 0.0
    ImageDraw.Draw(mask).text((0, baseline), run.text, font=font, fill=255, anchor="ls", stroke_width=stroke)
    picture = Image.new("RGBA", mask.size, "white" if is_white else "black")
    picture.putalpha(mask)
    return picture


def _reader(picture: Any) -> Any:
    from reportlab.lib.utils import ImageReader

    png = io.BytesIO()
    picture.save(png, "PNG")
    png.seek(0)
    return ImageReader(png)
