"""Variants made from the values of attributes: every size in every colour, each a product of one family."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import product as every_pair

from omsdesk.domain.catalogue import ProductEdit

MOST = 200


def values(text: str) -> tuple[str, ...]:
    """Read the values of an attribute, with commas between them."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def names(first: str, second: str) -> tuple[str, ...]:
    """Name the variants that two attributes make; without a second one those of the first."""
    one, two = values(first), values(second)
    return tuple(f"{a}, {b}" for a, b in every_pair(one, two)) if two else one


def edits(
    known: ProductEdit, wanted: Collection[str], there: Collection[str], new_id: Callable[[], str]
) -> tuple[ProductEdit, ...]:
    """Make the products that are missing, like the one that is known; that becomes the first if it is no variant yet.

    ``there`` names the variants of the family that exist already.
    """
    family = known.family or known.product
    missing = [name for name in wanted if name not in there]
    made = []
    if missing and not known.variant:
        made.append(ProductEdit(known.product, known.base, variant=missing.pop(0), family=family))
    elif missing and not known.family:
        made.append(ProductEdit(known.product, known.base, family=family))
    made += [
        ProductEdit(
            new_id(), name=known.name, variant=name, family=family, brand=known.brand, category=known.category,
            unit=known.unit, tax_category=known.tax_category, description=known.description, image=known.image,
            price=known.price, is_tracked=known.is_tracked,
        )
        for name in missing
    ]  # fmt: skip
    return tuple(made)


def fault(wanted: Collection[str]) -> str:
    """Say what is wrong with so many variants; empty where nothing is."""
    if not wanted:
        return "Type the values of one attribute, such as S, M, L."
    return f"These are {len(wanted)} variants. Make {MOST} at most at a time." if len(wanted) > MOST else ""
