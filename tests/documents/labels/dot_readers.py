"""Readers of EPL2 and TSPL that know just the commands that we send, written from the printers' manuals.

No interpreter of others was found that draws them: labelscope knows neither GW nor LO of EPL2, none knows TSPL. What
they draw is therefore read by a scanner that is not ours, and compared with the preview.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image, ImageChops


@dataclass
class Sheet:
    """What was said of a label, and its picture."""

    picture: Image.Image
    copies: int = 0
    said: list[str] = field(default_factory=list)


def _dots(sheet: Sheet, x: int, y: int, width: int, rows: int, data: bytes) -> None:
    """Lay dots over what is there: a bit of 0 is black, in both languages."""
    assert len(data) == width * rows
    picture = Image.new("1", (width * 8, rows), 255)
    for row in range(rows):
        for byte in range(width):
            for bit in range(8):
                if not data[row * width + byte] >> (7 - bit) & 1:
                    picture.putpixel((byte * 8 + bit, row), 0)
    box = (x, y, x + width * 8, y + rows)
    under = sheet.picture.crop(box)
    sheet.picture.paste(ImageChops.logical_and(under, picture), box)


def read_epl2(payload: bytes) -> Sheet:
    """Print an EPL2 label on paper that is wider than any."""
    sheet = Sheet(Image.new("1", (2000, 2000), 255))
    while payload:
        if graphic := re.match(rb"GW(\d+),(\d+),(\d+),(\d+),", payload):
            x, y, width, rows = map(int, graphic.groups())
            end = graphic.end() + width * rows
            _dots(sheet, x, y, width, rows, payload[graphic.end() : end])
            assert payload[end : end + 1] == b"\n"
            payload = payload[end + 1 :]
            continue
        line, _, payload = payload.partition(b"\n")
        command = line.decode("ascii")
        if match := re.fullmatch(r"LO(\d+),(\d+),(\d+),(\d+)", command):
            x, y, width, height = map(int, match.groups())
            sheet.picture.paste(0, (x, y, x + width, y + height))
        elif match := re.fullmatch(r"P(\d+)", command):
            sheet.copies = int(match[1])
        else:
            assert re.fullmatch(r"|N|q\d+|Q\d+,(B?\d+)|R0,0|ZT|D\d+|S\d", command), command
            sheet.said.append(command)
    return sheet


def read_tspl(payload: bytes) -> Sheet:
    """Print a TSPL label on paper that is wider than any."""
    sheet = Sheet(Image.new("1", (2000, 2000), 255))
    while payload:
        if graphic := re.match(rb"BITMAP (\d+),(\d+),(\d+),(\d+),1,", payload):
            x, y, width, rows = map(int, graphic.groups())
            end = graphic.end() + width * rows
            _dots(sheet, x, y, width, rows, payload[graphic.end() : end])
            assert payload[end : end + 2] == b"\r\n"
            payload = payload[end + 2 :]
            continue
        line, _, payload = payload.partition(b"\r\n")
        command = line.decode("ascii")
        if match := re.fullmatch(r"BAR (\d+),(\d+),(\d+),(\d+)", command):
            x, y, width, height = map(int, match.groups())
            sheet.picture.paste(0, (x, y, x + width, y + height))
        elif match := re.fullmatch(r"PRINT 1,(\d+)", command):
            sheet.copies = int(match[1])
        else:
            assert re.fullmatch(
                r"|CLS|(SIZE|GAP|BLINE) [\d.]+ mm,[\d.]+ mm|(DIRECTION|REFERENCE|OFFSET|SET|DENSITY|SPEED) .*", command
            ), command
            sheet.said.append(command)
    return sheet
