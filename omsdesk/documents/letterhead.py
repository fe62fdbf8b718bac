"""The head of a shop's paper: logo, name, address and how to reach it."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.paper import Align, Block, Feed, Paper, Picture, Size, Text


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the top. ``logo`` is a PNG or JPEG file's bytes; None where there is no logo."""

    shop_name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    tax_number: str = ""
    logo: bytes | None = None


def letterhead_paper(head: Letterhead) -> Paper:
    """Set the head in the middle: the logo, the name large, the rest small."""
    blocks: list[Block] = []
    if head.logo:
        blocks += [Picture(head.logo, head.shop_name), Feed(1)]
    blocks.append(Text(head.shop_name, Align.CENTER, Size.LARGE, is_bold=True))
    blocks += [Text(line, Align.CENTER, Size.SMALL) for line in _small_lines(head)]
    return tuple(blocks)


def _small_lines(head: Letterhead) -> tuple[str, ...]:
    phone = (f"Tel. {head.phone}",) if head.phone else ()
    tax_number = (f"Tax no. {head.tax_number}",) if head.tax_number else ()
    return (*head.address, *phone, *tax_number)
