"""Lines of text and pictures as black dots, for what a printer cannot print from its own letters."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from omsdesk.documents import fonts
from omsdesk.documents.paper import TOO_WIDE, Align, Size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from omsdesk.documents.typeset import Line, Span

SLICE_ROWS = 256
"""The most rows in one raster command, so that a printer that runs out of paper can be recovered between two."""

_INK = 128
_LETTER = {Size.SMALL: (16, 22), Size.NORMAL: (22, 30), Size.LARGE: (42, 56)}
"""Height of letters and distance of lines in dots, as near to the printer's own fonts as a drawn letter comes."""
_SMALL_CELL = 9
"""Dots that a small letter of the printer's own is wide: 42 of them leave a margin of 6 on paper of 384."""
_LEAST_LETTER = 12
_BASELINE = 0.76
_BOLD = 0.02
"""How much thicker, by the height of the letters, bold strokes are on each side."""
_QR_BORDER = 2
_MOST_PIXELS = 64_000_000
"""More than any camera that a shop has; opening it must not take the memory of the till."""
_MODULE = 2
"""The thinnest bar of a barcode in dots: a quarter of a millimetre."""


def draw_line(line: Line, dots: int) -> Image:
    """Draw a line of text over the printed width; black is ink. Its columns stand where the printer's own would."""
    from PIL import Image, ImageOps

    pixels, height = _LETTER[line.size]
    cell = dots / line.columns
    if line.size is Size.SMALL and cell < _SMALL_CELL + 1:
        cell = _SMALL_CELL
    picture = Image.new("L", (dots, height), 255)
    for span in line.spans:
        _draw_span(picture, span, line, pixels, cell)
    ink = picture.point(lambda level: 0 if level < _INK else 255, "1")
    return ImageOps.invert(ink) if line.is_inverted else ink


def _draw_span(picture: Image, span: Span, line: Line, pixels: int, cell: float) -> None:
    from PIL import Image, ImageDraw

    left, room = span.at * cell, span.width * cell
    while pixels > _LEAST_LETTER and _width(span.text, line.is_bold, pixels) > room:
        pixels -= 1
    width = _width(span.text, line.is_bold, pixels)
    if width <= room:
        start = left + {Align.LEFT: 0.0, Align.CENTER: (room - width) / 2, Align.RIGHT: room - width}[span.align]
        _draw_runs(ImageDraw.Draw(picture), start, span.text, line, pixels)
        return
    # Scripts with wide letters, Tamil or Malayalam, are pressed together before any of them is cut off.
    strip = Image.new("L", (round(width) + 1, picture.height), 255)
    _draw_runs(ImageDraw.Draw(strip), 0.0, span.text, line, pixels)
    picture.paste(strip.resize((int(room), picture.height)), (round(left), 0))


def _draw_runs(draw: ImageDraw, x: float, text: str, line: Line, pixels: int) -> None:
    baseline = round(_LETTER[line.size][1] * _BASELINE)
    for run in fonts.runs(_spaced(text), is_bold=line.is_bold):
        font = fonts.load(run.path, pixels)
        # Fonts of other scripts come in one weight.
        stroke = _BOLD * pixels if line.is_bold and run.path != fonts.bundled(is_bold=True) else 0.0
        draw.text((x, baseline), run.text, font=font, fill=0, anchor="ls", stroke_width=stroke)
        x += font.getlength(run.text)


def _width(text: str, is_bold: bool, pixels: int) -> float:  # noqa: FBT001
    return sum(fonts.load(run.path, pixels).getlength(run.text) for run in fonts.runs(_spaced(text), is_bold=is_bold))


def _spaced(text: str) -> str:
    """Write spaces about as wide as the printer's own: those of fonts are half of that, and vanish in small letters."""
    return text.replace(" ", "  ").replace("\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}" * 2)


def open_picture(png: bytes) -> Image:
    """Read a picture file's bytes.

    Raises:
        ValueError: these bytes are not a picture, or one of more than 64 million dots.

    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(png)) as opened:
            is_small_enough = opened.width * opened.height <= _MOST_PIXELS
            picture = opened.convert("RGBA") if is_small_enough else None
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as fault:
        raise ValueError("The logo is not a picture that can be read. Choose a PNG or JPEG file.") from fault
    if picture is None:
        raise ValueError("The logo has more than 64 million dots. Save it smaller and choose it again.")
    return picture


def draw_picture(png: bytes, dots: int, tallest: int) -> Image:
    """Bring a picture to the printed width: scaled down if it is too wide or too tall, centred, its greys as dots.

    Raises:
        ValueError: these bytes are not a picture.

    """
    from PIL import Image

    picture = open_picture(png)
    scale = min(dots / picture.width, tallest / picture.height)
    if scale < 1:
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    sheet = Image.new("RGBA", (dots, picture.height), "white")
    sheet.alpha_composite(picture, ((dots - picture.width) // 2, 0))
    return sheet.convert("L").convert("1")


def stack(pictures: list[Image]) -> Image:
    """Put pictures of one width below one another."""
    from PIL import Image

    sheet = Image.new("1", (pictures[0].width, sum(picture.height for picture in pictures)), 255)
    top = 0
    for picture in pictures:
        sheet.paste(picture, (0, top))
        top += picture.height
    return sheet


def slices(picture: Image) -> Iterator[Image]:
    """Cut a picture into pieces that one raster command may carry."""
    for top in range(0, picture.height, SLICE_ROWS):
        yield picture.crop((0, top, picture.width, min(top + SLICE_ROWS, picture.height)))


def centre(picture: Image, dots: int) -> Image:
    """Put a picture in the middle of the printed width.

    Raises:
        ValueError: it is wider than the paper.

    """
    from PIL import Image

    if picture.width > dots:
        raise ValueError(TOO_WIDE)
    sheet = Image.new("1", (dots, picture.height), 255)
    sheet.paste(picture, ((dots - picture.width) // 2, 0))
    return sheet


def fitting_modules(content: str, wish: int, dots: int) -> int:
    """How many dots wide the modules of a QR code can be: as wished, or less where it is wider than the paper."""
    import segno

    size, _ = segno.make_qr(content, error="m", boost_error=False).symbol_size(border=_QR_BORDER)
    return min(wish, dots // int(size))


def draw_qr(content: str, modules: int) -> Image:
    """Draw a QR code, error correction M, for a printer that has none."""
    import segno
    from PIL import Image

    with io.BytesIO() as png:
        segno.make_qr(content, error="m", boost_error=False).save(png, kind="png", scale=modules, border=_QR_BORDER)
        png.seek(0)
        return Image.open(png).convert("1")


def draw_barcode(content: str, height: int, *, has_text: bool = True) -> Image:
    """Draw a Code 128 symbol, its text below it, for a printer that has none."""
    from PIL import Image, ImageDraw
    from reportlab.graphics.barcode.code128 import Code128

    symbol: Any = Code128(content, quiet=0)
    symbol.validate()
    symbol.encode()
    symbol.decompose()
    font = fonts.load(fonts.bundled(), _LETTER[Size.SMALL][0])
    widths = [_MODULE * (ord(step.lower()) - ord("a") + 1) for step in symbol.decomposed]
    picture = Image.new("1", (sum(widths), height + _LETTER[Size.SMALL][1] * has_text), 255)
    draw, left = ImageDraw.Draw(picture), 0
    for step, width in zip(symbol.decomposed, widths, strict=True):
        if step.isupper():
            draw.rectangle((left, 0, left + width - 1, height - 1), fill=0)
        left += width
    if has_text:
        draw.text((picture.width // 2, picture.height - 4), content, font=font, fill=0, anchor="ms")
    return picture
