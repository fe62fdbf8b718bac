"""Which shop a page shows: a name at a till, a choice where no till is, nothing where there is one shop alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.shop import SaveShop
from omsdesk.ui.office import Office, Post
from omsdesk.ui.shop_bar import ShopBar
from tests.ui.back_office import BackOffice


class HeadOffice:
    """A station that is no till, and what somebody chose there."""

    def __init__(self, folder: Path) -> None:
        self.shop = BackOffice(folder)
        self.shop.set_up()
        self.till = self.chosen = self.refusal = ""
        post = Post(lambda: self.till, lambda: "*", lambda: self.chosen, self.choose)
        shop = self.shop
        self.office = Office(shop.reader, shop.work, shop.feed, shop.clock, post, lambda: shop.person)

    def choose(self, shop: str) -> str:
        if not self.refusal:
            self.chosen = shop
        return self.refusal

    def add_harbour(self) -> None:
        known = self.office.shop
        assert known is not None
        self.shop.do(SaveShop(replace(known, id="s2", name="Harbour")))


@pytest.fixture
def head(tmp_path: Path, qapp: object) -> Iterator[HeadOffice]:
    made = HeadOffice(tmp_path)
    yield made
    made.shop.close()


def show(qtbot: QtBot, head: HeadOffice) -> ShopBar:
    bar = ShopBar(head.office)
    qtbot.addWidget(bar)
    return bar


def pick(bar: ShopBar, shop: str) -> None:
    """Choose as a hand does."""
    at = bar.choice.findData(shop)
    bar.choice.setCurrentIndex(at)
    bar.choice.activated.emit(at)


def test_one_shop_needs_no_name_above_its_pages(qtbot: QtBot, head: HeadOffice) -> None:
    bar = show(qtbot, head)
    assert bar.isHidden()
    head.add_harbour()
    bar.refresh()
    assert not bar.isHidden()


def test_a_till_names_its_shop_and_offers_no_other(qtbot: QtBot, head: HeadOffice) -> None:
    head.add_harbour()
    head.till = "t1"
    bar = show(qtbot, head)
    assert (bar.name.text(), bar.name.isHidden(), bar.choice.isHidden()) == ("Corner Coffee", False, True)


def test_another_shop_is_chosen_and_the_page_hears_of_it(qtbot: QtBot, head: HeadOffice) -> None:
    head.add_harbour()
    bar = show(qtbot, head)
    assert [bar.choice.itemText(at) for at in range(bar.choice.count())] == ["Corner Coffee", "Harbour"]
    assert bar.choice.currentText() == "Corner Coffee"
    with qtbot.waitSignal(bar.chosen):
        pick(bar, "s2")
    assert head.office.shop is not None
    assert head.office.shop.name == "Harbour"
    with qtbot.assertNotEmitted(bar.chosen):
        pick(bar, "s2")


def test_what_is_typed_and_not_saved_keeps_the_shop(qtbot: QtBot, head: HeadOffice) -> None:
    head.add_harbour()
    bar = show(qtbot, head)
    head.refusal = "Save or discard first: Shop."
    with qtbot.assertNotEmitted(bar.chosen):
        pick(bar, "s2")
    assert bar.refusal.text() == "Save or discard first: Shop."
    assert bar.choice.currentText() == "Corner Coffee"
