"""The page of roles, used by hand: three states and a limit for each right."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from omsdesk.domain.rights import RIGHTS, Leave, is_fixed
from omsdesk.store.queries.people import rules
from omsdesk.ui.settings.roles_view import RolesView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, take_pictures, until


@pytest.fixture
def view(settings: SettingsScreen, stage: Stage) -> RolesView:
    assert stage.isVisible()
    settings.show_part("roles")
    found = settings.part
    assert isinstance(found, RolesView)
    return found


def choose(editor: QComboBox, leave: Leave) -> None:
    editor.setCurrentIndex(editor.findData(str(leave)))


def test_every_right_has_a_row_and_only_what_happens_at_a_till_can_be_lent(view: RolesView) -> None:
    assert set(view.rows) == {right for right in RIGHTS if not is_fixed(right)}
    assert view.rows["sale.void"].leave.findData("approval") >= 0
    assert view.rows["catalogue.edit"].leave.findData("approval") < 0


def test_cashiers_are_given_less_and_it_holds_when_it_is_saved(
    qtbot: QtBot, shop: BackOffice, view: RolesView, stage: Stage
) -> None:
    take_pictures(stage, "settings-roles")
    choose(view.rows["sale.void"].leave, Leave.APPROVAL)
    discount = view.rows["sale.discount"]
    assert discount.most is not None
    discount.most.setText("5")
    view.press_save()
    until(lambda: rules(shop.reader, "cashier")["sale.discount"].most == 50_000)
    assert rules(shop.reader, "cashier")["sale.void"].leave is Leave.APPROVAL
    qtbot.waitUntil(lambda: view.can_undo)
    take_pictures(stage, "settings-roles-saved")


def test_a_limit_that_is_none_is_said_below_its_row(shop: BackOffice, view: RolesView, stage: Stage) -> None:
    discount = view.rows["sale.discount"]
    assert discount.most is not None
    discount.most.setText("ten")
    before = shop.facts
    view.press_save()
    assert discount.error.isVisible()
    assert discount.most.hasFocus()
    assert shop.facts == before
    take_pictures(stage, "settings-roles-mistake")


def test_a_limit_is_asked_only_where_something_is_allowed(view: RolesView) -> None:
    moves = view.rows["cash.move"]
    assert moves.most is not None
    assert not moves.most.isVisible()
    choose(moves.leave, Leave.ALLOWED)
    assert moves.most.isVisible()


def test_each_role_shows_its_own(view: RolesView) -> None:
    assert view.words.text().startswith("Cashier: ")
    view.pills.choose(1)
    assert view.words.text().startswith("Supervisor: ")
    discount = view.rows["sale.discount"]
    assert discount.most is not None
    assert discount.most.text() == "30"


def test_a_cashier_only_looks(shop: BackOffice, settings: SettingsScreen, view: RolesView) -> None:
    shop.person = BEN
    settings.show_part("roles")
    assert not any(row.leave.isEnabled() for row in view.rows.values())
    assert not view.save.isVisible()
