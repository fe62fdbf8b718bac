"""Whose papers and labels a station without a till prints: those of the shop that the order or the batch is of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from omsdesk.actions.label_queue import LabelQueue
from omsdesk.actions.order_paper import order_document_of
from omsdesk.actions.paper import NoDocument, receipt_of, shop_here
from omsdesk.actions.pick_paper import pick_slip_of
from omsdesk.actions.set_up import country_preset
from omsdesk.actions.writer import Writer
from omsdesk.documents.labels.languages import LabelPaper
from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.domain.body import to_body
from omsdesk.domain.labels import AskLabels, LabelRow
from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.shop import SaveShop
from omsdesk.store.queries.till import shop_by_id
from tests.store.station import Station

NAME = Label(
    900, 300, (LabelField("c", FieldKind.CODE, 10, 10, 880, 200, content="{shop}", symbology=Symbology.CODE_128),)
)


@pytest.fixture
def two(till: Station) -> Station:
    """A business of two shops, the first of which sells in pounds at the only till."""
    till.do(SaveShop(replace(country_preset("DE").shop("a0", "Harbour"), address=("Quay 1",))))
    till.do(till.add("sale-1", "coffee"))
    till.do(PlaceOrder("o1", Purpose.PICK_UP, "s1", "sale-1", (), Party(name="Anna"), Terms()))
    return till


@pytest.fixture
def queue(two: Station) -> Iterator[LabelQueue]:
    writer = Writer(two.executor)
    yield LabelQueue(LabelPaper("zpl", 203), two.database.reader, writer)
    writer.close()


def ask(station: Station, till: str, shop: str) -> None:
    station.do(AskLabels("b1", till, "Name", json.dumps(to_body(NAME)), (LabelRow("coffee"),), shop))


@pytest.mark.parametrize(
    ("at", "shop", "said"),
    [("t1", "", b"Corner"), ("", "a0", b"Harbour"), ("t1", "a0", b"Harbour"), ("", "", b"Harbour")],
)
def test_labels_are_those_of_the_shop_that_they_were_asked_for(
    two: Station, queue: LabelQueue, at: str, shop: str, said: bytes
) -> None:
    """What was asked for before labels said their shop is of that of the till."""
    two.database.become_till("")
    ask(two, at, shop)
    (job,) = queue.waiting()
    assert said in job.payload


def test_papers_of_an_order_are_those_of_the_shop_that_its_goods_come_from(two: Station) -> None:
    two.database.become_till("")
    reader = two.database.writer
    home = shop_by_id(reader, "s1")
    assert home is not None
    assert order_document_of(reader, "o1").letterhead.shop_name == home.name
    assert pick_slip_of(reader, "o1").locale == home.locale


def test_at_a_till_they_are_those_of_the_till(two: Station) -> None:
    here = shop_here(two.database.writer, "a0")
    assert here is not None
    assert here.id == "s1"
    assert shop_here(two.database.writer) == here


def test_without_a_till_and_a_name_any_shop_will_do(two: Station) -> None:
    two.database.become_till("")
    found = [shop_here(two.database.writer, otherwise) for otherwise in ("s1", "a0", "", "nowhere")]
    assert [shop.id if shop else "" for shop in found] == ["s1", "a0", "a0", "a0"]


def test_a_receipt_says_what_it_said_at_its_till(two: Station) -> None:
    two.sell("sale-2")
    at_the_till = receipt_of(two.database.writer, "sale-2")
    two.database.become_till("")
    assert receipt_of(two.database.writer, "sale-2") == at_the_till


def test_a_slip_of_an_order_that_is_not_known_is_none(two: Station) -> None:
    two.database.become_till("")
    with pytest.raises(NoDocument, match="not in the database"):
        pick_slip_of(two.database.writer, "o9")
    with pytest.raises(NoDocument, match="not in the database"):
        order_document_of(two.database.writer, "o9")
