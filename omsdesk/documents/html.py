"""A document as HTML for an e-mail: tables and styles within the tags, because mail programs know little else.

Pictures are parts of the mail that the text names by ``cid:``; a mail program that shows none shows their words.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import assert_never

from omsdesk.documents.paper import (
    Align,
    Barcode,
    Block,
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
from omsdesk.documents.wrap import clean

_INK, _GREY, _LINE = "#1a1f2b", "#586174", "#dfe3ea"
_POINTS = {Size.SMALL: 13, Size.NORMAL: 15, Size.LARGE: 24}
_HALF_LINE = 9
_QR_PIXELS = 132
_LOGO_PIXELS = 220
_FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"
_FIGURES = "text-align:right;white-space:nowrap;padding-left:16px"
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light">
<title>{title}</title></head>
<body style="margin:0;padding:0;background:#f3f5f8">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f3f5f8"><tr>
<td align="center" style="padding:24px 12px">
{before}<table role="presentation" width="480" cellpadding="0" cellspacing="0" bgcolor="#ffffff" \
style="width:100%;max-width:480px;border:1px solid {line};border-radius:12px"><tr>
<td style="padding:28px 28px 24px;font-family:{font};color:{ink}">
{body}
</td></tr></table>
</td></tr></table>
</body></html>
"""


@dataclass(frozen=True, slots=True)
class Inline:
    """A picture that the text names: ``cid:name``."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Html:
    """A page, and the pictures that it shows."""

    text: str
    pictures: tuple[Inline, ...] = ()


def render(paper: Paper, title: str, words: str = "", locale: str = "en") -> Html:
    """Write a document as a page; ``words`` stand above it.

    Raises:
        ValueError: a code of the document cannot be drawn.

    """
    pictures: list[Inline] = []
    body = "\n".join(filter(None, (_block(block, pictures) for block in paper)))
    style = f"max-width:480px;font-family:{_FONT};font-size:15px;line-height:1.5;color:{_INK};text-align:left"
    before = f'<div style="{style};padding:0 4px 18px">{escape(words)}</div>\n' if words else ""
    page = _PAGE.format(
        language=escape(locale.split("-", maxsplit=1)[0] or "en"), title=escape(title), before=before, body=body,
        line=_LINE, font=_FONT, ink=_INK,
    )  # fmt: skip
    return Html(page, tuple(pictures))


def _block(block: Block, pictures: list[Inline]) -> str:
    match block:
        case Text():
            return _text(block)
        case Columns():
            return _columns(block)
        case Table():
            return _table(block)
        case Rule():
            return f'<div style="border-top:1px solid {_LINE};margin:12px 0;font-size:0;line-height:0">&nbsp;</div>'
        case Feed(half_lines):
            height = half_lines * _HALF_LINE
            return f'<div style="height:{height}px;line-height:{height}px;font-size:0">&nbsp;</div>'
        case QrCode(content):
            return _picture(_qr(content), content, _QR_PIXELS, pictures)
        case Barcode(_, has_text=False):
            return ""
        case Barcode(content):
            return _text(Text(content, Align.CENTER, Size.SMALL))
        case Picture(png, description):
            return _picture(png, description, _LOGO_PIXELS, pictures)
        case Cut() | KickDrawer():
            return ""
        case _:
            assert_never(block)


def _text(block: Text) -> str:
    styles = [_letters(block.size, is_bold=block.is_bold), f"text-align:{block.align}"]
    if block.is_inverted:
        styles.append(f"background:{_INK};color:#ffffff;padding:4px 8px")
    elif block.size is Size.SMALL:
        styles.append(f"color:{_GREY}")
    if block.indent + block.hang:
        styles.append(f"padding-left:{(block.indent + block.hang) * 8}px")
    if block.hang:
        styles.append(f"text-indent:-{block.hang * 8}px")
    return f'<div style="{";".join(styles)}">{escape(clean(block.text))}</div>'


def _columns(block: Columns) -> str:
    letters = _letters(block.size, is_bold=block.is_bold)
    if block.size is Size.SMALL:
        letters += f";color:{_GREY}"
    left = f"{letters};padding-left:{block.indent * 8}px" if block.indent else letters
    cells = (
        f'<td valign="top" style="{left}">{escape(clean(block.left))}</td>'
        f'<td valign="top" style="{letters};{_FIGURES}">{escape(clean(block.right))}</td>'
    )
    return f'<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>{cells}</tr></table>'


def _table(block: Table) -> str:
    letters = f"{_letters(block.size)};color:{_GREY};padding-top:2px"
    rows = [(row, "td", letters) for row in block.rows]
    if block.heading:
        rows.insert(0, (block.heading, "th", f"{letters};text-align:left"))
    lines = "".join(f"<tr>{_row(cells, tag, style)}</tr>" for cells, tag, style in rows)
    return f'<table width="100%" cellpadding="0" cellspacing="0">{lines}</table>'


def _row(cells: tuple[str, ...], tag: str, style: str) -> str:
    styles = (style, *(f"{style};{_FIGURES}" for _ in cells[1:]))
    made = zip(cells, styles, strict=True)
    return "".join(f'<{tag} valign="top" style="{look}">{escape(clean(cell))}</{tag}>' for cell, look in made)


def _letters(size: Size, *, is_bold: bool = False) -> str:
    return f"font-size:{_POINTS[size]}px;line-height:1.4;font-weight:{700 if is_bold else 400}"


def _picture(png: bytes, description: str, width: int, pictures: list[Inline]) -> str:
    name = f"picture{len(pictures) + 1}"
    pictures.append(Inline(name, png))
    return (
        f'<div style="text-align:center"><img src="cid:{name}" width="{width}" alt="{escape(description)}" '
        f'style="width:{width}px;max-width:100%;height:auto;border:0"></div>'
    )


def _qr(content: str) -> bytes:
    import segno

    file = io.BytesIO()
    segno.make(content, error="m", micro=False).save(file, kind="png", scale=6, border=2)
    return file.getvalue()
