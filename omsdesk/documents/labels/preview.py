"""A laid-out label as a picture: dot for dot what comes out of the printer."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from omsdesk.documents.labels.layout import Laid
from omsdesk.documents.labels.marks import Ink, blank

if TYPE_CHECKING:
    from PIL.Image import Image


def paint(laid: Laid) -> Image:
    """Draw the label in black (0) and white, one pixel for each dot."""
    from PIL import ImageChops

    sheet = blank(laid.width, laid.height)
    for mark in laid.marks:
        box = (mark.box.x, mark.box.y, mark.box.right, mark.box.bottom)
        if isinstance(mark, Ink):
            sheet.paste(0, box)
        else:
            # White dots of a mark cover nothing: a thermal head only ever adds black.
            sheet.paste(ImageChops.logical_and(sheet.crop(box), mark.picture), box)
    return sheet


def png(laid: Laid) -> bytes:
    """Write the picture as a PNG file that knows how large it is on paper."""
    file = io.BytesIO()
    paint(laid).save(file, "PNG", dpi=(laid.dpi, laid.dpi))
    return file.getvalue()
