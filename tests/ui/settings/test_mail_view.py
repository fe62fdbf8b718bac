"""The page of e-mail, and what the shop hands out after a sale."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.channels.mail.server import Trial
from omsdesk.domain.receipt_policy import Paper, ReceiptPolicy
from omsdesk.settings import MailAccount, load
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.mail_view import MailView
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.shop_view import ShopView
from tests.ui.back_office import BackOffice, Stage, press, put_on_stage, take_pictures, type_into
from tests.ui.settings.conftest import Computer


def test_a_server_is_typed_and_saved(settings: SettingsScreen, stage: Stage, shop: BackOffice) -> None:
    settings.show_part("mail")
    view = settings.part
    assert isinstance(view, MailView)
    type_into(view.server.editor("host"), "mail.example.org", stage)
    type_into(view.server.editor("sender"), "shop@example", stage)
    press("Ctrl+S")
    assert not load(shop.folder).mail.is_set_up, "that is no address"
    type_into(view.server.editor("sender"), "shop@example.org", stage)
    press("Ctrl+S")
    assert load(shop.folder).mail.is_set_up
    password = view.server.editor("password")
    assert isinstance(password, QLineEdit)
    assert password.echoMode() is QLineEdit.EchoMode.Password
    take_pictures(stage, "settings-mail")


def test_a_shop_says_what_it_hands_out(qtbot: QtBot, settings: SettingsScreen, stage: Stage, shop: BackOffice) -> None:
    settings.show_part("shop")
    view = settings.part
    assert isinstance(view, ShopView)
    usual, mailed = view.receipts.editor("usual_receipt"), view.receipts.editor("mailed_receipt")
    assert isinstance(usual, QComboBox)
    assert isinstance(mailed, QComboBox)
    usual.setCurrentIndex(usual.findData(str(Paper.NONE)))
    mailed.setCurrentIndex(mailed.findData(str(Paper.BOTH)))
    press("Ctrl+S")

    def is_kept() -> bool:
        found = shop_of(shop.reader, "t1")
        return found is not None and found.receipts == ReceiptPolicy(Paper.NONE, Paper.BOTH)

    qtbot.waitUntil(is_kept)


class _Care:
    """Cannot send."""

    def keep_password(self, password: str) -> str:
        return ""

    def try_out(self, account: MailAccount, password: str, recipient: str) -> Trial:
        return Trial("The mail server did not accept user and password. Check both. It said: “5.7.8 No”")


def test_what_came_of_a_test_mail_is_said_beside_its_button(qtbot: QtBot, computer: Computer) -> None:
    office = computer.office()
    screen = SettingsScreen(replace(office, station=replace(office.station, mail=_Care())))
    stage = put_on_stage(qtbot, screen)
    screen.show_part("mail")
    view = screen.part
    assert isinstance(view, MailView)
    type_into(view.server.editor("host"), "mail.example.org", stage)
    type_into(view.server.editor("sender"), "shop@example.org", stage)
    type_into(view.trial.editor("recipient"), "me@example.org", stage)
    view.test.click()
    qtbot.waitUntil(lambda: "did not accept" in view.result.text())
    assert view.test.isEnabled()
    take_pictures(stage, "settings-mail-refused")
