"""Address and code, as people type, paste and scan them."""

from __future__ import annotations

import platform

import pytest

from omsdesk.sync.codes import invitation
from omsdesk.sync.messages import Enrolled
from omsdesk.ui.sync.enrol_session import EnrolSession, full_address
from tests.ui.back_office import until
from tests.ui.sync.desks import Desk, House, Opens

CODE = "7KQ3-9F2M-XA4T"


@pytest.fixture
def entered() -> list[Enrolled]:
    return []


@pytest.fixture
def session(alone: Desk, entered: list[Enrolled]) -> EnrolSession:
    return EnrolSession(alone.office, entered.append)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("desk.example", "https://desk.example"),
        (" https://desk.example/ ", "https://desk.example"),
        ("http://10.0.0.5:8460", "http://10.0.0.5:8460"),
        ("127.0.0.1:8460", "http://127.0.0.1:8460"),
        ("localhost:8460", "http://localhost:8460"),
        ("  ", ""),
    ],
)
def test_an_address_is_completed(typed: str, address: str) -> None:
    assert full_address(typed) == address


def test_a_station_is_called_as_its_till_or_as_its_computer(session: EnrolSession, opens: Opens) -> None:
    assert session.draft.name == "Till 1"
    assert EnrolSession(opens("new", is_set_up=False).office, print).draft.name == platform.node().partition(".")[0]


def test_what_is_missing_is_said_at_its_field(session: EnrolSession) -> None:
    session.enrol()
    assert session.errors == {
        "address": "Type the address of the service, such as https://desk.example.",
        "code": "A code has 12 letters and digits, such as 7KQ3-9F2M-XA4T. Check it and type it again.",
    }
    assert not session.is_working
    session.set("code", CODE)
    assert list(session.errors) == ["address"]


@pytest.mark.parametrize("field", ["address", "code"])
def test_a_pasted_invitation_fills_both_fields(session: EnrolSession, field: str) -> None:
    session.set(field, invitation("https://desk.example:8460", CODE.lower()))
    assert (session.draft.address, session.draft.code) == ("https://desk.example:8460", CODE)


def test_a_scanned_code_alone_leaves_the_address(session: EnrolSession) -> None:
    session.set("address", "desk.example")
    assert session.take(CODE.replace("-", "").lower())
    assert (session.draft.address, session.draft.code) == ("desk.example", CODE)


@pytest.mark.parametrize("scanned", ["4006381333931", "ftp://desk.example#7KQ3-9F2M-XA4T", "#", ""])
def test_what_is_no_invitation_is_left_to_others(session: EnrolSession, scanned: str) -> None:
    before = session.draft
    assert not session.take(scanned)
    assert session.draft == before


def test_a_station_is_let_in(session: EnrolSession, alone: Desk, house: House, entered: list[Enrolled]) -> None:
    session.take(invitation(house.address, house.code()))
    session.enrol()
    session.enrol()
    assert session.is_working
    until(lambda: not session.is_working)
    assert [(found.store, found.till) for found in entered] == [("s1", "t1")]
    assert session.draft.code == "", "it works once"
    until(alone.is_synced)


def test_a_code_that_is_refused_is_said_at_the_code(session: EnrolSession, house: House) -> None:
    session.take(invitation(house.address, "0000-0000-0000"))
    session.enrol()
    until(lambda: not session.is_working)
    assert session.errors == {"code": "This code is not known. Check it, or ask a manager for a new one."}
    assert session.refusal == ""


def test_a_service_that_is_down_is_said_and_what_was_typed_stays(session: EnrolSession, house: House) -> None:
    session.take(invitation(house.address, house.code()))
    typed = session.draft
    house.go_down()
    session.enrol()
    until(lambda: not session.is_working)
    assert "does not answer" in session.refusal
    assert session.draft == typed
    house.come_back()
    session.enrol()
    until(lambda: not session.is_working)
    assert (session.errors, session.refusal) == ({}, "")
