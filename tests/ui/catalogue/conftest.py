"""The products page on a stage, with a small shop behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.domain.catalogue import ProductEdit
from omsdesk.store.queries.catalogue import product_as_edit
from omsdesk.ui.catalogue.form_session import FormSession, Left, Part, Undo
from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.office import Post
from tests.ui.back_office import BackOffice, Stage, put_on_stage, until


def office_of(shop: BackOffice) -> Office:
    """Give the catalogue's screens what they work with."""
    return Office(shop.reader, shop.work, shop.feed, shop.clock, Post(lambda: "t1"), lambda: shop.person, shop.writer)


@pytest.fixture
def products(shop: BackOffice) -> ProductsScreen:
    """Make the screen."""
    return ProductsScreen(office_of(shop))


@pytest.fixture
def stage(qtbot: QtBot, products: ProductsScreen) -> Stage:
    """Show it, with its rows read."""
    stage = put_on_stage(qtbot, products)
    qtbot.waitUntil(lambda: products.list.list.count() > 0 and products.list.session.rows.row(0) is not None)
    return stage


# --- sessions, without a window ---------------------------------------------------------------------------------------


@dataclass(repr=False)
class Form:
    """The form of a product in one program, without a window around it."""

    shop: BackOffice
    told: list[Undo | Left | None] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = FormSession(office_of(self.shop), self.told.append)
        self.session.listeners.append(self.parts.append)

    def open(self, product: str) -> FormSession:
        """Look at a product."""
        assert self.session.open(product)
        return self.session

    def save(self) -> Undo:
        """Press Save and wait until it is on the disk."""
        before = len(self.told)
        self.session.save()
        until(lambda: len(self.told) > before)
        said = self.told[-1]
        assert isinstance(said, Undo)
        return said

    def take_back(self, undo: Undo) -> None:
        """Undo and wait until it is on the disk."""
        self.session.take_back(undo)
        until(lambda: self.told[-1] is None)


@pytest.fixture
def form(shop: BackOffice) -> Form:
    """Sit down before the form."""
    return Form(shop)


@pytest.fixture
def elsewhere(shop: BackOffice) -> Iterator[Form]:
    """Sit down before the form of a second program on the same database."""
    other = shop.another_program()
    yield Form(other)
    other.close()


def kept(shop: BackOffice, product: str) -> ProductEdit:
    """Read a product as it is kept."""
    found = product_as_edit(shop.reader, product)
    assert found is not None
    return found
