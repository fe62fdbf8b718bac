"""Dots as the bytes that printers take: rows from the top, eight dots to a byte, the leftmost in the highest bit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class InkRows:
    """Rows of whole bytes."""

    data: bytes
    width: int
    """Bytes in a row."""


_OTHER = bytes(255 - value for value in range(256))


def ink_rows(picture: Image, *, is_black_set: bool = True) -> InkRows:
    """Pack a picture of black (0) and white; dots right of it, in the last byte, stay white."""
    from PIL import Image

    width = -(-picture.width // 8)
    sheet = Image.new("1", (width * 8, picture.height), 255)
    sheet.paste(picture, (0, 0))
    data = sheet.tobytes()
    return InkRows(data.translate(_OTHER) if is_black_set else data, width)
