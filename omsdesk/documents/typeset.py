"""Blocks turned into lines of a monospaced grid: what plain text and receipt printers have in common."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.paper import (
    Align,
    Barcode,
    Columns,
    Cut,
    Feed,
    KickDrawer,
    Paper,
    Picture,
    QrCode,
    Rule,
    Size,
    Table,
    Text,
)
from omsdesk.documents.wrap import cells, clean, clean_figure, wrap

_TABLE_GAP = 2
_LEAST_NAME = 8
"""A left column is never squeezed below so many cells; the right one moves to its own line instead."""


@dataclass(frozen=True, slots=True)
class Grid:
    """How many letters of each size stand on a line; all the same where there is one font only."""

    normal: int
    small: int
    large: int

    def columns(self, size: Size) -> int:
        """Count the letters of a size that fit between the margins."""
        return {Size.SMALL: self.small, Size.NORMAL: self.normal, Size.LARGE: self.large}[size]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in cells ``at`` to ``at + width`` of a line, counted from the left margin."""

    text: str
    at: int
    width: int
    align: Align = Align.LEFT

    @property
    def start(self) -> int:
        """The cell of its first letter."""
        free = max(0, self.width - cells(self.text))
        return self.at + {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[self.align]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its spans from left to right, over ``columns`` cells of its own width."""

    spans: tuple[Span, ...]
    columns: int
    size: Size = Size.NORMAL
    is_wide: bool = False
    """Whether letters of a large line are twice as wide, or only twice as high."""
    is_bold: bool = False
    is_inverted: bool = False

    @property
    def text(self) -> str:
        """The whole line with spaces between its spans; only a bar is filled up to the right margin."""
        line = ""
        for span in self.spans:
            line += " " * (span.start - cells(line)) + span.text
        return line + " " * (self.columns - cells(line)) if self.is_inverted else line.rstrip(" ")


Row = Line | Rule | Feed | QrCode | Barcode | Picture | Cut | KickDrawer


def typeset(paper: Paper, grid: Grid) -> tuple[Row, ...]:
    """Set every text of a paper into lines; other blocks pass through."""
    rows: list[Row] = []
    for block in paper:
        match block:
            case Text():
                rows += _set_text(block, grid)
            case Columns():
                rows += _set_columns(block, grid)
            case Table():
                rows += _set_table(block, grid)
            case _:
                rows.append(block)
    return tuple(rows)


def _set_text(block: Text, grid: Grid) -> list[Line]:
    text = clean(block.text)
    columns, is_wide = _fit(text, block.size, grid, block.indent + block.hang)
    lines = []
    for place, part in enumerate(wrap(text, columns - block.indent, block.hang)):
        left = block.indent + block.hang * (place > 0)
        spans = (Span(part, left, columns - left, block.align),)
        lines.append(Line(spans, columns, block.size, is_wide, block.is_bold, block.is_inverted))
    return lines


def _fit(text: str, size: Size, grid: Grid, taken: int) -> tuple[int, bool]:
    """Choose wide letters for a large text unless a single word of it would have to be split."""
    columns = grid.columns(size)
    is_wide = size is Size.LARGE and all(cells(word) <= columns - taken for word in text.split())
    return (columns, is_wide) if is_wide or size is not Size.LARGE else (grid.normal, False)


def _set_columns(block: Columns, grid: Grid) -> list[Line]:
    left, right = clean(block.left), clean_figure(block.right)
    columns, is_wide = grid.columns(block.size), block.size is Size.LARGE
    is_apart = is_wide and cells(left) + 1 + cells(right) > columns
    if is_apart and max(map(cells, (*left.split(), right))) > columns - block.indent:
        columns, is_wide, is_apart = grid.normal, False, False
    taken = cells(right) + 1 if right else 0
    width = columns - block.indent - taken
    lines: list[tuple[Span, ...]]
    whole = columns - block.indent
    longest = max(map(cells, left.split()), default=0)
    if is_apart or width < min(_LEAST_NAME, cells(left)) or width < longest <= whole:
        width = whole
        lines = [(Span(part, block.indent, width),) for part in wrap(left, width)]
        lines += [(Span(part, 0, columns, Align.RIGHT),) for part in wrap(right, columns)]
    else:
        names = wrap(left, width)
        lines = [(Span(names[0], block.indent, width), Span(right, columns - taken, taken, Align.RIGHT))]
        lines += [(Span(part, block.indent, width),) for part in names[1:]]
    return [Line(spans, columns, block.size, is_wide, block.is_bold) for spans in lines]


def _set_table(block: Table, grid: Grid) -> list[Line]:
    columns = grid.columns(block.size)
    rows = [
        (clean(row[0]), *map(clean_figure, row[1:])) for row in ((block.heading,) if block.heading else ()) + block.rows
    ]
    widths = [max(cells(row[i]) for row in rows) + _TABLE_GAP for i in range(1, len(rows[0]))] if rows else []
    first = columns - sum(widths)
    if first < min(_LEAST_NAME, max((cells(row[0]) for row in rows), default=0)):
        return [row for row in typeset(stack_table(block), grid) if isinstance(row, Line)]
    lines: list[Line] = []
    for number, row in enumerate(rows):
        is_heading = number == 0 and bool(block.heading)
        figures = _figures(row[1:], widths, first)
        for place, name in enumerate(wrap(row[0], first)):
            spans = (Span(name, 0, first), *(figures if place == 0 else ()))
            lines.append(Line(spans, columns, block.size, is_bold=is_heading))
    return lines


def _figures(row: tuple[str, ...], widths: list[int], at: int) -> list[Span]:
    spans = []
    for text, width in zip(row, widths, strict=True):
        spans.append(Span(text, at, width, Align.RIGHT))
        at += width
    return spans


def stack_table(block: Table) -> tuple[Text | Columns, ...]:
    """Break a table that is too wide for the paper into one line per figure, each with its heading."""
    title = block.heading[0] if block.heading and block.rows else ""
    blocks: list[Text | Columns] = [Text(title, size=block.size, is_bold=True)] if title else []
    for name, *figures in block.rows:
        headings = block.heading[1:] or ("",) * len(figures)
        blocks.append(Text(name, size=block.size))
        blocks += [Columns(*pair, block.size, indent=2) for pair in zip(headings, figures, strict=True)]
    return tuple(blocks)
