"""The shop's logo stands on its receipts and reports, and a damaged one keeps none of them back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions.paper import receipt_of, report_so_far
from omsdesk.documents import escpos
from omsdesk.documents.logo import logo_png, make_logo
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.store.queries.till import shop_of
from tests.documents.samples import logo
from tests.domain.corner_shop import NOON
from tests.store.station import Station


def put_up(till: Station, logo: str) -> None:
    """Save the shop with a logo."""
    shop = shop_of(till.database.writer, "")
    assert isinstance(shop, Shop)
    till.do(SaveShop(replace(shop, logo=logo)))


def test_receipts_and_reports_begin_with_it(till: Station) -> None:
    made = make_logo(logo())
    put_up(till, made)
    till.sell("sale-1", "coffee")
    reader = till.database.reader()
    receipt = receipt_of(reader, "sale-1")
    assert receipt.letterhead.logo == logo_png(made)
    assert report_so_far(reader, "shift-1", NOON).letterhead.logo == logo_png(made)
    reader.close()


def test_a_shop_without_one_has_none(till: Station) -> None:
    till.sell("sale-1", "coffee")
    assert receipt_of(till.database.writer, "sale-1").letterhead.logo is None


@pytest.mark.parametrize("damage", ["not base64!", "AAAA", make_logo(logo())[:80]])
def test_a_damaged_logo_keeps_no_receipt_back(till: Station, damage: str) -> None:
    put_up(till, damage)
    till.sell("sale-1", "coffee")
    receipt = receipt_of(till.database.writer, "sale-1")
    assert receipt.letterhead.logo is None
    assert escpos.render(receipt_paper(receipt)).payload
