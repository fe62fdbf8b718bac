"""Variants made from the values of attributes: every size in every colour, each a product of one family."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import product as every_pair
from types import MappingProxyType

from omsdesk.domain.catalogue import ProductEdit
from omsdesk.domain.words import words

MOST = 200
NO_SKUS: Mapping[str, str] = MappingProxyType({})
_LONGEST_PART = 8
_MOST_TRIES = 100


def values(text: str) -> tuple[str, ...]:
    """Read the values of an attribute, with commas between them."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def names(first: str, second: str) -> tuple[str, ...]:
    """Name the variants that two attributes make; without a second one those of the first."""
    one, two = values(first), values(second)
    return tuple(f"{a}, {b}" for a, b in every_pair(one, two)) if two else one


def beginning(known: ProductEdit) -> str:
    """Propose what the SKUs of a family begin with: its product's SKU without the variant's own end, or its name."""
    if known.sku:
        end = _end(known.variant or "")
        return known.sku.removesuffix(end) if end else known.sku
    return "".join(words(known.name or "")[:1]).upper()[:_LONGEST_PART]


def proposed(wanted: Iterable[str], start: str, is_taken: Callable[[str], bool]) -> dict[str, str]:
    """Propose an SKU for each variant, such as TEE-RED-M, that no product has yet; none without a beginning."""
    found: dict[str, str] = {}
    if not start.strip():
        return found
    for name in wanted:
        plain = start.strip() + _end(name)
        tries = (plain, *(f"{plain}-{number}" for number in range(2, _MOST_TRIES)))
        sku = next((one for one in tries if one not in found.values() and not is_taken(one)), "")
        if sku:
            found[name] = sku
    return found


def _end(variant: str) -> str:
    parts = ("".join(words(value)).upper()[:_LONGEST_PART] for value in values(variant))
    return "".join(f"-{part}" for part in parts if part)


def made_words(made: Collection[ProductEdit]) -> str:
    """Say how many variants there are more, the product that becomes the first among them."""
    count = sum(bool(edit.variant) for edit in made)
    return f"Made {count} variants" if count != 1 else "Made a variant"


def edits(
    known: ProductEdit,
    wanted: Collection[str],
    there: Collection[str],
    new_id: Callable[[], str],
    skus: Mapping[str, str] = NO_SKUS,
) -> tuple[ProductEdit, ...]:
    """Make the products that are missing, like the one that is known; that becomes the first if it is no variant yet.

    ``there`` names the variants of the family that exist already, ``skus`` the SKUs of those that are made. An SKU
    that the product has stays: it is on labels.
    """
    family = known.family or known.product
    missing = [name for name in wanted if name not in there]
    made = []
    if missing and not known.variant:
        first = missing.pop(0)
        sku = None if known.sku else skus.get(first)
        made.append(ProductEdit(known.product, known.base, variant=first, family=family, sku=sku))
    elif missing and not known.family:
        made.append(ProductEdit(known.product, known.base, family=family))
    made += [
        ProductEdit(
            new_id(), name=known.name, variant=name, family=family, brand=known.brand, category=known.category,
            unit=known.unit, tax_category=known.tax_category, description=known.description, image=known.image,
            price=known.price, is_tracked=known.is_tracked, sku=skus.get(name),
        )
        for name in missing
    ]  # fmt: skip
    return tuple(made)


def fault(wanted: Collection[str]) -> str:
    """Say what is wrong with so many variants; empty where nothing is."""
    if not wanted:
        return "Type the values of one attribute, such as S, M, L."
    return f"These are {len(wanted)} variants. Make {MOST} at most at a time." if len(wanted) > MOST else ""
