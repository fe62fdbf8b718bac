"""Reading products: from an opened file and its layout to a stream of product rows and problems."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from omsdesk.channels.product_files import trait_columns
from omsdesk.channels.product_files.amounts import read_price, read_quantity
from omsdesk.channels.product_files.barcodes import is_damaged, read_codes
from omsdesk.channels.product_files.layout import Columns, Draft, Layout, unused
from omsdesk.channels.product_files.layouts.generic import Generic, Mapping
from omsdesk.channels.product_files.reader import Sheet
from omsdesk.channels.product_files.rows import PackCode, ProductRow, RowProblem
from omsdesk.channels.product_files.source import Progress, UnreadableFile, no_progress
from omsdesk.channels.product_files.words import (
    category_path,
    clean,
    is_spreadsheet_error,
    literal,
    plain_text,
    unit_of,
)
from omsdesk.domain.values import ONE, Quantity, barcode_key

LONGEST_NAME = 500
"""Letters; a longer name is the rest of a file behind a quotation mark that nobody closed."""
_RANK_DIGITS = 6

_again = lru_cache(maxsize=1 << 14)(clean)
"""``clean`` for what repeats from row to row: brands and tax categories."""


def read_products(
    sheet: Sheet, layout: Layout | Mapping, currency: str, progress: Progress = no_progress
) -> Iterator[ProductRow | RowProblem]:
    """Read the products of a file, one at a time: memory does not grow with the file.

    A key may come twice if the file has a product twice; the last row is the one that counts.

    Raises:
        UnreadableFile: the layout finds no column for the name, or the file breaks off, is damaged or has gone.

    """
    if isinstance(layout, Mapping):
        layout = Generic(layout)
    columns = Columns(sheet.headers)
    if isinstance(layout, Generic) and "name" not in layout.mapping.columns:
        raise UnreadableFile(f"Choose the column of “{sheet.path.name}” that holds the product names.")
    mark = layout.mark(columns, sheet.sample)
    for draft in layout.drafts(columns, sheet.rows(progress)):
        yield draft if isinstance(draft, RowProblem) else _product(draft, currency, mark)


def unused_columns(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """Name the columns of a file that a layout does not read."""
    columns = Columns(sheet.headers)
    next(layout.drafts(columns, ()), None)
    return unused(sheet.headers, columns.used)


def _product(draft: Draft, currency: str, mark: str) -> ProductRow | RowProblem:
    name, variant, sku = clean(draft.name), clean(draft.variant), literal(clean(draft.sku))
    warnings = list(draft.warnings)
    try:
        _check(name, variant, sku)
        price = read_price(draft.price, currency, mark)
        barcodes = _barcodes(draft, mark, warnings)
        traits = trait_columns.read(draft.traits, currency, mark) if draft.traits else ()
    except ValueError as error:
        return RowProblem(draft.line, str(error), tuple(draft.values))
    return ProductRow(
        line=draft.line,
        key=draft.key or _key(name, variant, sku, barcodes),
        name=name,
        variant=variant,
        brand=_again(draft.brand),
        sku=sku,
        barcodes=barcodes,
        category=category_path(draft.category),
        unit=_unit(draft.unit, warnings),
        price=price,
        tax=_again(draft.tax),
        is_sold=draft.is_sold,
        description=plain_text(draft.description) if draft.description else "",
        image=draft.image.strip(),
        on_hand=_quantity(draft.on_hand, mark, warnings),
        warnings=tuple(warnings),
        favourite=_rank(draft.favourite),
        traits=traits,
    )


def _check(name: str, variant: str, sku: str) -> None:
    if not name:
        raise ValueError("The product has no name.")
    if max(map(len, (name, variant, sku))) > LONGEST_NAME:
        raise ValueError(f"The name has more than {LONGEST_NAME} letters. Is a quotation mark missing?")
    wrong = next((text for text in (name, variant, sku) if is_spreadsheet_error(text)), "")
    if wrong:
        raise ValueError(f"A spreadsheet shows the error {wrong} here. Correct the cell and export again.")
    if is_damaged(sku) and "+" in sku:  # 7E1 may well be somebody's article number
        raise ValueError(f"A spreadsheet shortened the SKU to {sku}. Format the column as text and export again.")


def _rank(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= _RANK_DIGITS else 0


def _key(name: str, variant: str, sku: str, barcodes: tuple[PackCode, ...]) -> str:
    if sku:
        return f"sku:{sku}"
    if barcodes:
        return f"barcode:{barcode_key(barcodes[0].code)}"
    return f"name:{name.casefold()}|{variant.casefold()}"


def _barcodes(draft: Draft, mark: str, warnings: list[str]) -> tuple[PackCode, ...]:
    if not draft.codes and not draft.pack_codes:
        return ()
    codes, remarks = read_codes(draft.codes)
    warnings += remarks
    pieces = tuple(PackCode(code, ONE) for code in codes)
    if not draft.pack_codes:
        return pieces
    packs, remarks = read_codes(draft.pack_codes)
    quantity = read_quantity(draft.pack_quantity, mark) if packs else None
    warnings += remarks
    if packs and (quantity is None or quantity.micro <= 0):
        warnings.append(f"The pack {packs[0]} was left out, because the file does not say how many it holds.")
        return pieces
    return (*pieces, *(PackCode(code, quantity) for code in packs if code not in codes and quantity))


def _unit(text: str, warnings: list[str]) -> str:
    unit = unit_of(text) if text else "piece"
    if not unit:
        warnings.append(f"The unit “{clean(text)}” is not known. The product is sold by the piece.")
    return unit or "piece"


def _quantity(text: str, mark: str, warnings: list[str]) -> Quantity | None:
    # A stock that cannot be read is counted anew; it is no reason to lose the product.
    try:
        return read_quantity(text, mark) if text else None
    except ValueError as error:
        warnings.append(f"{error} The stock was left out.")
        return None
