"""Every state of the sheet where somebody agrees, in every theme, size and text size.

``OMSDESK_SCREENSHOTS=<folder>`` keeps the pictures.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.approvals.approval_sheet import ApprovalSheet
from tests.ui.till.shop import Station, code_of, hashed
from tests.ui.till.test_screen_pictures import LOOKS, picture

TEAM = (
    Person("sue", "Sue Lindqvist", Role.SUPERVISOR, hashed("1357")),
    Person("olga", "Olga Ferreira", Role.OWNER, hashed("9753")),
)
STATES: dict[str, Callable[[Station], None]] = {}


def state(draw: Callable[[Station], None]) -> Callable[[Station], None]:
    STATES[draw.__name__] = draw
    return draw


def ask(till: Station, percent: str, *team: Person) -> ApprovalSheet:
    """Let Ben take off more than he may."""
    till.do(*map(SavePerson, team))
    till.settle()
    till.state.counter.person = queries.person(till.reader, "ben")
    till.scan(code_of("guji"))
    till.scan(code_of("v60"))
    till.press(Qt.Key.Key_F9)
    till.type_in(percent)
    till.press(Qt.Key.Key_Return)
    till.until(lambda: till.screen.sheet is not None and isinstance(till.screen.sheet.content, ApprovalSheet))
    assert till.screen.sheet is not None
    found = till.screen.sheet.content
    assert isinstance(found, ApprovalSheet)
    return found


@state
def approval_one(till: Station) -> None:
    ask(till, "20")


@state
def approval_several(till: Station) -> None:
    ask(till, "20", *TEAM)
    till.press(Qt.Key.Key_Down)
    till.press(Qt.Key.Key_Right)
    till.type_in("13")


@state
def approval_wrong(till: Station) -> None:
    sheet = ask(till, "20")
    till.type_in("0000")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: bool(sheet.desk.message))
    till.bot.wait(400)


@state
def approval_rests(till: Station) -> None:
    sheet = ask(till, "20")
    for _ in range(3):
        till.type_in("0000")
        till.press(Qt.Key.Key_Return)
        till.until(lambda: bool(sheet.desk.message) and not sheet.desk.is_checking)
        till.bot.wait(400)


@state
def approval_why(till: Station) -> None:
    sheet = ask(till, "20")
    till.type_in("4711")
    till.press(Qt.Key.Key_Return)
    till.until(lambda: sheet.desk.agreed is not None)


@state
def approval_typed(till: Station) -> None:
    ask(till, "20", *TEAM)
    till.type_in("Box was open")
    till.bot.wait(100)


@state
def approval_nobody(till: Station) -> None:
    owner = Person("olga", "Olga Ferreira", Role.OWNER)
    till.do(SavePerson(owner), SavePerson(Person("anna", "Anna Klein", Role.SUPERVISOR, hashed("4711"))))
    ask(till, "60")


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_complete_in_every_theme(till: Station, name: str) -> None:
    STATES[name](till)
    for look in LOOKS[:3]:
        picture(till, name, *look)


@pytest.mark.parametrize("look", LOOKS[3:], ids=str)
def test_where_there_is_little_room_it_covers_the_cart_too(till: Station, look: tuple[str, int, int, float]) -> None:
    picture(till, "before", *look)
    approval_several(till)
    sheet = till.sheet(ApprovalSheet)
    assert sheet.pad.mapTo(till.window, sheet.pad.rect().bottomRight()).x() < look[1]
    picture(till, "approval_narrow", *look)
