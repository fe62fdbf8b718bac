"""A shop's logo as text, so that it travels to every till inside the shop's own record: a small PNG in base64."""

from __future__ import annotations

import base64
import binascii
import io

from omsdesk.documents.raster import open_picture

MOST = 512
"""Pixels in width and height: as wide as the widest paper prints."""
_COLOURS = 64
"""Enough for any logo, and a photograph stays small enough for a record that is read at every start."""


def make_logo(picture: bytes) -> str:
    """Make a picture file the logo: never larger than ``MOST``, on white.

    Raises:
        ValueError: these bytes are not a picture, or far too large a one; the sentence says what to do.

    """
    from PIL import Image

    opened = open_picture(picture)
    sheet = Image.new("RGBA", opened.size, "white")
    sheet.alpha_composite(opened)
    sheet.thumbnail((MOST, MOST), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    sheet.convert("RGB").quantize(_COLOURS).save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")


def logo_png(logo: str) -> bytes | None:
    """The logo's PNG file; None where there is no logo, or one that cannot be read: paper comes out without it."""
    try:
        png = base64.b64decode(logo, validate=True)
        if png:
            open_picture(png)
    except (binascii.Error, ValueError):
        return None
    return png or None
