"""Settling a conflict: an ordinary edit of somebody who had all the values before them, and says which one holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.customer import CONTACT, Customer, CustomerGroup, SaveCustomer, SaveGroup, SetTerms
from omsdesk.domain.field_write import MERGED_BY_KEY
from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.domain.people import Person, SavePerson
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.promotion import Promotion
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.rights import Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till, free_codes
from omsdesk.store.queries.conflicts import Conflict

SOURCE = "conflict"
"""Where an edit of products came from that settles one."""

Settlement = (
    SaveProducts
    | SetPrices
    | SavePerson
    | SaveRole
    | SaveShop
    | SaveTill
    | SaveCustomer
    | SetTerms
    | SaveGroup
    | SavePromotion
    | SaveDesign
)


def settlement(conflict: Conflict, value: Any, batch: str) -> Settlement:
    """Make the edit that gives a field a value for good: one of those in the conflict, or another of their kind.

    Of lists that are sets nothing is dropped: the value says what holds where they differ. ``batch`` is a new id.
    A barcode that two products have goes to the product whose id is the value. So does the code of two tills: the
    other one gets the next that is free, one till at a time.
    """
    if conflict.noun == "till_code":
        return _give_code(conflict, value)
    if conflict.noun == "barcode":
        return _give(conflict, value, batch)
    if isinstance(value, PriceRow):
        head = next(row for row in conflict.about if isinstance(row, PriceList))
        return SetPrices(batch, head, (replace(value, base=conflict.base),))
    if isinstance(value, Rule):
        return SaveRole(conflict.subject, (value,), conflict.base)
    if isinstance(value, PriceList):
        return SetPrices(batch, value, ())
    return _of_whole(conflict, value) or SaveProducts(
        batch,
        (ProductEdit(conflict.subject, conflict.base, **{conflict.field: _with_the_rest(conflict, value)}),),
        SOURCE,
    )


def _of_whole(conflict: Conflict, value: Any) -> Settlement | None:
    """Make the edit of what is kept whole; None for a product."""
    said: dict[str, Any] = {conflict.field: _with_the_rest(conflict, value)}
    match conflict.about[0]:
        case Person() as known:
            return SavePerson(replace(known, **said), (conflict.field,), conflict.base)
        case Shop() as known:
            return SaveShop(replace(known, **said), (conflict.field,), conflict.base)
        case Till() as known:
            return SaveTill(replace(known, **said), (conflict.field,), conflict.base)
        case Customer() as known:
            edit = SaveCustomer if conflict.field in CONTACT else SetTerms
            return edit(replace(known, **said), (conflict.field,), conflict.base)
        case CustomerGroup() as known:
            return SaveGroup(replace(known, **said), (conflict.field,), conflict.base)
        case Promotion() as known:
            return SavePromotion(replace(known, **said), (conflict.field,), conflict.base)
        case LabelDesign() as known:
            return SaveDesign(replace(known, **said), (conflict.field,), conflict.base)
    return None


def _give_code(conflict: Conflict, till: str) -> SaveTill:
    tills = [row for row in conflict.about if isinstance(row, Till)]
    shared = {said.value for said in conflict.values} - {till}
    at, other = next((at, row) for at, row in enumerate(tills) if row.id in shared)
    free = next(free_codes(row.code for row in tills))
    return SaveTill(replace(other, code=free), ("code",), conflict.bases[at])


def _give(conflict: Conflict, product: str, batch: str) -> SaveProducts:
    edits = tuple(
        ProductEdit(
            edit.product,
            edit.base,
            barcodes=tuple(pack for pack in edit.barcodes or () if pack.code != conflict.subject),
        )
        for edit in conflict.about
        if isinstance(edit, ProductEdit) and edit.product != product
    )
    return SaveProducts(batch, edits, SOURCE)


def _with_the_rest(conflict: Conflict, value: Any) -> Any:
    key = MERGED_BY_KEY.get(conflict.field)
    if key is None:
        return value
    elements = [*value, *(element for said in conflict.values for element in said.value)]
    return tuple({getattr(element, key): element for element in reversed(elements)}.values())[::-1]
