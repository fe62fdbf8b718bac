"""A form says what is wrong where it is wrong, for eyes and ears, and stops saying so when it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from omsdesk.ui import theme
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


@pytest.fixture
def form(show: Show) -> Form:
    """Show a name, an address and a choice."""
    made = Form()
    made.add_heading("Customer")
    made.add("name", "Name", QLineEdit())
    made.add("mail", "E-mail", QLineEdit(), "For receipts.")
    made.add("group", "Group", QComboBox())
    made.add_row(QPushButton("Save"), QPushButton("Cancel"))
    return show(made, 400, 500)


def texts(form: Form) -> list[str]:
    """Every text that can be seen."""
    return [label.text() for label in form.findChildren(Label) if label.isVisible()]


def test_fields_stand_below_one_another_with_their_labels(form: Form) -> None:
    tops = [form.editor(name).mapTo(form, form.rect().topLeft()).y() for name in ("name", "mail", "group")]
    assert tops == sorted(tops)
    assert texts(form) == ["Customer", "Name", "E-mail", "For receipts.", "Group"]
    assert form.editor("mail").accessibleName() == "E-mail"
    assert form.editor("mail").accessibleDescription() == "For receipts."


def test_an_error_takes_the_place_of_the_hint(form: Form) -> None:
    form.set_error("mail", "Write the part after the @.")
    assert "Write the part after the @." in texts(form)
    assert "For receipts." not in texts(form)
    assert form.editor("mail").accessibleDescription() == "Write the part after the @."
    edge = form.editor("mail").grab().toImage().pixelColor(200, 1)
    assert edge == theme.current().colour.bad


def test_editing_ends_the_error(form: Form) -> None:
    form.set_error("mail", "Write the part after the @.")
    QTest.keyClicks(form.editor("mail"), "m")
    assert "For receipts." in texts(form)
    assert form.editor("mail").property("is_wrong") is False


def test_all_errors_are_shown_at_once_and_the_first_gets_the_focus(form: Form) -> None:
    assert form.show_errors({"group": "Choose one.", "name": "Write a name."})
    assert form.focusWidget() is form.editor("name")
    assert {"Choose one.", "Write a name."} <= set(texts(form))
    assert not form.show_errors({})
    assert not {"Choose one.", "Write a name."} & set(texts(form))


def test_a_field_keeps_its_height_when_it_is_entered_or_wrong(form: Form) -> None:
    field = form.editor("name")
    calm = field.sizeHint().height()
    field.setFocus()
    focused = field.sizeHint().height()
    form.set_error("name", "Write a name.")
    assert calm == focused == field.sizeHint().height()
    assert calm >= 32


@pytest.mark.parametrize("name", theme.THEMES)
def test_fields_and_buttons_wear_the_theme(form: Form, qapp: QApplication, name: str) -> None:
    look = theme.load(name)
    theme.apply(look, qapp)
    QApplication.processEvents()
    field = form.editor("mail").grab().toImage()
    assert field.pixelColor(200, 0) == look.colour.edge
    assert field.pixelColor(200, 5) == look.colour.surface
