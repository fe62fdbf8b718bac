"""The logo on the shop's page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from omsdesk.documents.logo import make_logo
from omsdesk.domain.shop import SaveShop
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.logo_card import LogoCard
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.shop_view import ShopView
from tests.documents.samples import logo
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, take_pictures


@pytest.fixture
def card(settings: SettingsScreen, stage: Stage) -> LogoCard:
    """Show the shop's page."""
    view = settings.part
    assert isinstance(view, ShopView)
    return view.logo


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the dialog give a file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def test_a_logo_is_chosen_shown_saved_and_removed(
    qtbot: QtBot,
    shop: BackOffice,
    settings: SettingsScreen,
    card: LogoCard,
    stage: Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert card.picture.image.isNull()
    assert card.picture.accessibleName() == "No logo"
    assert not card.remove.isVisible()
    file = tmp_path / "logo.png"
    file.write_bytes(logo(600, 300))
    choose(monkeypatch, file)
    click(card.choose)
    qtbot.waitUntil(lambda: not card.picture.image.isNull())
    assert card.picture.image.width() == 512
    assert card.picture.accessibleName() == "Logo of the shop"
    take_pictures(stage, "settings-logo")
    assert settings.part.save.isEnabled()
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool((found := shop_of(shop.reader, "t1")) and found.logo))
    click(card.remove)
    assert card.picture.image.isNull()
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool((found := shop_of(shop.reader, "t1")) and not found.logo))


def test_a_file_that_is_no_picture_is_said_below_it(
    qtbot: QtBot, card: LogoCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "letter.png"
    file.write_text("Dear Sir or Madam", encoding="utf-8")
    choose(monkeypatch, file)
    click(card.choose)
    qtbot.waitUntil(card.trouble.isVisible)
    assert card.trouble.text().endswith("Choose a PNG or JPEG file.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    click(card.choose)
    assert card.picture.image.isNull()


def test_a_logo_from_another_computer_appears_and_a_damaged_one_is_none(
    shop: BackOffice, settings: SettingsScreen, card: LogoCard
) -> None:
    known = shop_of(shop.reader, "t1")
    assert known is not None
    for text, is_shown in ((make_logo(logo()), True), ("damaged", False)):
        shop.do(SaveShop(replace(known, logo=text)))
        shop.feed.look()
        assert (not card.picture.image.isNull()) == is_shown
        assert not settings.part.grab().toImage().isNull()


def test_a_cashier_sees_the_logo_and_cannot_change_it(
    shop: BackOffice, settings: SettingsScreen, card: LogoCard
) -> None:
    shop.person = BEN
    settings.show_part("shop")
    assert not card.choose.isVisible()
    assert not card.remove.isVisible()
