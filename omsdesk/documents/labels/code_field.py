"""A field with a code: as many whole dots to a module as there is room for, its quiet zone inside the box."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from omsdesk.documents.labels.lettering import PITCH, Face, letter
from omsdesk.documents.labels.marks import Bars, Dots, Mark, Rectangle, blank
from omsdesk.documents.labels.model import LabelField
from omsdesk.documents.labels.symbology import GS1, RETAIL, Symbol, Symbology, encode
from omsdesk.documents.labels.values import Values, filled, filled_gs1
from omsdesk.documents.paper import Align

LEAST_MODULE = Fraction(245, 1000)
"""Millimetres. GS1 asks for 0.25 at least on nearly everything; two dots of a 203 dpi printer are as much."""
_WIDEST = {True: Fraction(15, 10), False: Fraction(1016, 1000)}
"""Of a matrix and of a barcode (GS1 General Specifications, 5.12), where the field says nothing else."""
_WIDEST_RETAIL = Fraction(66, 100)
_SHORTEST_BARS = 3
"""Millimetres: a hand-held scanner is not led along anything shorter."""


@dataclass(frozen=True, slots=True)
class Laying:
    """A field as marks in its own upright room, sentences about it, and areas that have to stay light."""

    marks: tuple[Mark, ...]
    notes: tuple[str, ...] = ()
    quiet: tuple[Rectangle, ...] = ()


def indent(align: Align, free: int) -> int:
    """Give the dots to leave free at the left."""
    return {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[align]


def lay_code(field: LabelField, values: Values, room: tuple[int, int], density: Fraction) -> Laying:
    """Draw a code into a room of dots; a note instead where it cannot be said, or not be read."""
    fill = filled_gs1 if field.symbology in GS1 else filled
    content = fill(field.content, values).strip()
    if not content:
        return Laying(())
    try:
        symbol = encode(field.symbology, content)
    except ValueError as fault:
        return Laying((), (str(fault),))
    return _matrix(symbol, field, room, density) if symbol.is_matrix else _bars(symbol, field, room, density)


def _module(symbol: Symbol, field: LabelField, room: int, modules: int, density: Fraction) -> int:
    """Choose whole dots for a module; 0 where it would be too narrow to be read."""
    widest = _WIDEST_RETAIL if symbol.symbology in RETAIL else _WIDEST[symbol.is_matrix]
    wish = Fraction(field.module, 1000) if field.module else widest
    most = max(int(wish * density), _least(density))
    module = min(room // modules, most)
    return module if module >= _least(density) else 0


def _least(density: Fraction) -> int:
    return -int(-LEAST_MODULE * density // 1)


def _no_room(symbol: Symbol, needed: int, has: int, side: str, density: Fraction) -> Laying:
    need, room = (f"{float(size / density):.1f} mm" for size in (needed, has))
    shown = symbol.text if len(symbol.text) <= _SHOWN else f"{symbol.text[:_SHOWN]}…"
    note = (
        f"The code “{shown}” needs {need} of {side} to be read and has {room}. Make its box larger, or take a QR code."
    )
    return Laying((), (note,))


_SHOWN = 40


def _matrix(symbol: Symbol, field: LabelField, room: tuple[int, int], density: Fraction) -> Laying:
    count, letters = symbol.modules, _letters(field, density)
    text_room = letters[0] if field.shows_text else 0
    free = min(room[0], room[1] - text_room)
    module = _module(symbol, field, free, count, density)
    if not module:
        return _no_room(symbol, count * _least(density), max(free, 0), "width and height", density)
    side, edge = module * count, module * symbol.quiet[0]
    left = indent(field.align, room[0] - side)
    inner = module * len(symbol.rows)
    bars = Bars(Rectangle(left + edge, edge, inner, inner), symbol, module)
    quiet = Rectangle(left, 0, side, side)
    return _with_text(Laying((bars,), (), (quiet,)), symbol, field, (0, side, room[0], room[1] - side), density)


def _bars(symbol: Symbol, field: LabelField, room: tuple[int, int], density: Fraction) -> Laying:
    module = _module(symbol, field, room[0], symbol.modules, density)
    if not module:
        return _no_room(symbol, symbol.modules * _least(density), room[0], "width", density)
    has_guards = field.shows_text and symbol.symbology in RETAIL
    guard = module * _GUARD if has_guards else 0
    text_height = max(_letters(field, density)[0], guard) if field.shows_text else 0
    height = room[1] - text_height
    if height < _SHORTEST_BARS * density:
        needed = text_height + int(_SHORTEST_BARS * density) + 1
        return _no_room(symbol, needed, room[1], "height", density)
    total = module * symbol.modules
    left = indent(field.align, room[0] - total)
    start, inner = left + module * symbol.quiet[0], module * len(symbol.rows[0])
    bars = Bars(Rectangle(start, 0, inner, height + guard), symbol, module, guard=guard)
    laying = Laying((bars,), (), (Rectangle(left, 0, total, height),))
    if has_guards:
        return _with_digits(laying, bars, field, (height, text_height), density)
    wide = max(total, min(room[0], int(total * _TEXT_OVERHANG)))
    at = min(max(0, left - (wide - total) // 2), room[0] - wide)
    return _with_text(laying, symbol, field, (at, height, wide, text_height), density)


_GUARD = 5
"""Modules by which guard bars are longer than the others (ISO/IEC 15420)."""
_TEXT_OVERHANG = 1.3
"""The letters below a code may be wider than it is by so much before they wrap or shrink."""


def _letters(field: LabelField, density: Fraction) -> tuple[int, Face]:
    """Give the height that the text below a code takes, and its face."""
    size, least = (max(1, round(tenths * density / 10)) for tenths in (field.size, field.least_size))
    align = field.align if field.symbology in _MATRIX_CODES else Align.CENTER
    lines = 2 if field.symbology in GS1 else 1
    height = round(size * PITCH)
    return height, Face(size, min(least, size), field.is_bold, lines, align)


_MATRIX_CODES = {Symbology.DATA_MATRIX, Symbology.GS1_DATA_MATRIX, Symbology.QR}


def _with_text(
    laying: Laying, symbol: Symbol, field: LabelField, room: tuple[int, int, int, int], density: Fraction
) -> Laying:
    """Put what a code says below it."""
    if not field.shows_text:
        return laying
    x, y, width, height = room
    text = symbol.text.replace("(", " (").strip() if symbol.symbology in GS1 else symbol.text
    said = letter(text, width, height, _letters(field, density)[1])
    notes = (said.note,) if said.note else ()
    marks = (Dots.of(said.picture, x + said.x, y + said.y),) if said.picture is not None else ()
    return Laying((*laying.marks, *marks), (*laying.notes, *notes), laying.quiet)


def _with_digits(laying: Laying, bars: Bars, field: LabelField, below: tuple[int, int], density: Fraction) -> Laying:
    """Put the digits of an article number below, each under its own bars and none under a guard bar."""
    (y, height), face = below, _letters(field, density)[1]
    module, symbol = bars.module, bars.symbol
    places = _digit_places(symbol)
    first = min(place for _, place in places)
    sheet = blank(module * (places[-1][1] + _DIGIT - first), height)
    notes: list[str] = []
    for digit, place in places:
        said = letter(digit, module * _DIGIT, height, replace(face, least=min(face.least, _LEAST_DIGITS)))
        notes += [said.note] if said.note else []
        if said.picture is not None:
            sheet.paste(said.picture, (module * (place - first) + said.x, said.y))
    digits = Dots.of(sheet, bars.box.x + module * first, y)
    return Laying((*laying.marks, digits), tuple(notes), laying.quiet)


_DIGIT = 7
"""Modules that a digit has (ISO/IEC 15420)."""
_LEAST_DIGITS = 8
"""Dots: where a module is two dots wide, a digit has 14."""


def _digit_places(symbol: Symbol) -> list[tuple[str, int]]:
    """Give each digit and the module at which its room begins, counted from the first bar."""
    text = symbol.text
    if symbol.symbology is Symbology.EAN_8:
        starts = [*range(3, 31, _DIGIT), *range(36, 64, _DIGIT)]
    elif symbol.symbology is Symbology.UPC_A:
        starts = [-9, *range(10, 45, _DIGIT), *range(50, 85, _DIGIT), 97]
    else:
        starts = [-10, *range(3, 45, _DIGIT), *range(50, 92, _DIGIT)]
    return list(zip(text, starts, strict=True))
