"""A badge is scanned for whoever is shown, kept as a hash, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.actions.people import whose_badge
from omsdesk.domain.people import Person, SavePerson
from omsdesk.store.queries.settings import everybody
from omsdesk.ui.settings.people_view import PeopleView
from omsdesk.ui.settings.screen import SettingsScreen
from tests.ui.back_office import BEN, BackOffice, Stage, press, scan, take_pictures, type_into, until

BADGE = "EMP-2026-000017"
Known = Callable[[], Person]


@pytest.fixture
def people(shop: BackOffice, settings: SettingsScreen, stage: Stage) -> PeopleView:
    """Ben is shown, who has a PIN."""
    shop.do(SavePerson(replace(BEN, pin_hash="hash")))
    assert stage.isVisible()
    settings.show_part("people")
    assert isinstance(settings.part, PeopleView)
    settings.part.session_people.choose("ben")
    return settings.part


@pytest.fixture
def ben(shop: BackOffice) -> Known:
    return lambda: next(who for who in everybody(shop.reader) if who.id == "ben")


def test_a_badge_is_scanned_and_kept_as_a_hash_beside_the_pin(
    shop: BackOffice, people: PeopleView, stage: Stage, ben: Known
) -> None:
    scan(stage, BADGE)
    badge = people.form.editor("badge")
    assert isinstance(badge, QLineEdit)
    assert (badge.text(), badge.echoMode()) == (BADGE, QLineEdit.EchoMode.Password)
    take_pictures(stage, "settings-person-badge")
    press("Ctrl+S")
    until(lambda: ben().badge_hash)
    assert BADGE not in ben().badge_hash
    assert ben().pin_hash == "hash"
    assert whose_badge(BADGE, everybody(shop.reader)) == ben()
    until(lambda: badge.text() == "")
    type_into(people.form.editor("name"), "Ben K. Ito", stage)
    press("Ctrl+S")
    until(lambda: ben().name == "Ben K. Ito")
    assert ben().badge_hash, "who changes a name takes no badge away"


def test_a_lost_badge_is_taken_away(qtbot: QtBot, people: PeopleView, stage: Stage, ben: Known) -> None:
    has = people.form.editor("has_badge")
    assert isinstance(has, QCheckBox)
    assert not has.isVisible()
    scan(stage, BADGE)
    press("Ctrl+S")
    qtbot.waitUntil(has.isVisible, timeout=20_000)
    has.click()
    press("Ctrl+S")
    until(lambda: not ben().badge_hash)


def test_a_badge_is_long_enough_and_no_article(shop: BackOffice, people: PeopleView, stage: Stage) -> None:
    shop.stock()
    before = shop.facts
    for code, said in (
        ("4711", "too short"),
        ("12345678", "too short"),
        ("4006381333931", "barcode of “Ethiopia Guji"),
    ):
        people.session_people.set("badge", code)
        press("Ctrl+S")
        assert said in people.session_people.errors["badge"]
    assert shop.facts == before


def test_nobody_has_the_badge_of_somebody_else(people: PeopleView, stage: Stage, ben: Known) -> None:
    scan(stage, BADGE)
    press("Ctrl+S")
    until(lambda: ben().badge_hash)
    session = people.session_people
    session.choose("anna")
    for name, value in (("pin", "2468"), ("pin_again", "2468"), ("badge", BADGE)):
        session.set(name, value)
    press("Ctrl+S")
    until(lambda: "This is the badge of Ben Ito" in session.refusal)


def test_who_may_only_look_scans_nothing(shop: BackOffice, people: PeopleView, stage: Stage) -> None:
    shop.person = BEN
    scan(stage, BADGE)
    assert people.session_people.draft.badge == ""
