"""A manager sets e-mail up: what is typed, what is wrong with it, and a test mail."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.channels.mail.server import Trial
from omsdesk.settings import MailAccount, MailSecurity, load
from omsdesk.ui.settings.mail_session import KEPT, MailDraft, MailSession, account_of, draft_of, problems
from omsdesk.ui.settings.office import NO_RIGHT
from tests.ui.settings.conftest import Computer

GOOD = MailDraft("mail.example.org", "587", "starttls", "till", "secret", "shop@example.org")


@dataclass
class Care:
    """Remembers what it was given."""

    passwords: list[str] = field(default_factory=list)
    tried: list[tuple[MailAccount, str, str]] = field(default_factory=list)
    fault: str = ""

    def keep_password(self, password: str) -> str:
        self.passwords.append(password)
        return self.fault

    def try_out(self, account: MailAccount, password: str, recipient: str) -> Trial:
        self.tried.append((account, password, recipient))
        return Trial("It went.", is_good=True)


@pytest.fixture
def care() -> Care:
    return Care()


@pytest.fixture
def session(computer: Computer, care: Care) -> MailSession:
    office = computer.office()
    return MailSession(replace(office, station=replace(office.station, mail=care)))


def fill(session: MailSession, draft: MailDraft = GOOD) -> None:
    for name in ("host", "security", "port", "user", "password", "sender"):
        session.set(name, getattr(draft, name))


def test_settings_are_kept_and_the_password_elsewhere(session: MailSession, computer: Computer, care: Care) -> None:
    fill(session)
    session.save()
    assert (session.errors, session.refusal, session.saved) == ({}, "", "Settings saved")
    kept = load(computer.shop.folder).mail
    assert kept == MailAccount("mail.example.org", 587, MailSecurity.STARTTLS, "till", "shop@example.org")
    assert care.passwords == ["secret"]
    assert "secret" not in (computer.shop.folder / "settings.toml").read_text()
    assert session.draft.password == KEPT
    assert not session.can_undo, "nobody is shown the password before"


def test_a_change_without_a_password_can_be_taken_back(session: MailSession, computer: Computer, care: Care) -> None:
    fill(session)
    session.save()
    session.set("sender", "other@example.org")
    session.save()
    assert care.passwords == ["secret"]
    session.take_back()
    assert load(computer.shop.folder).mail.sender == "shop@example.org"


def test_a_password_that_cannot_be_kept_is_said_and_nothing_is_saved(
    session: MailSession, computer: Computer, care: Care
) -> None:
    care.fault = "Unlock the key store."
    fill(session)
    session.save()
    assert session.refusal == "Unlock the key store."
    assert load(computer.shop.folder).mail == MailAccount()
    assert session.has_changes


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("host", "https://mail.example.org", "host"),
        ("host", "me@example.org", "host"),
        ("port", "0", "port"),
        ("port", "x", "port"),
        ("sender", "shop", "sender"),
        ("security", "none", "security"),
        ("password", "", "password"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(name: str, value: str, wrong: str) -> None:
    change: dict[str, str] = {name: value}
    assert list(problems(replace(GOOD, **change))) == [wrong]


def test_what_is_right_has_no_problems_and_no_server_is_right() -> None:
    assert problems(GOOD) == {}
    assert problems(MailDraft()) == {}
    assert draft_of(account_of(GOOD)) == replace(GOOD, password=KEPT)


def test_the_usual_port_comes_with_the_security_and_another_one_stays(session: MailSession) -> None:
    session.set("security", "tls")
    assert session.draft.port == "465"
    session.set("port", "2525")
    session.set("security", "starttls")
    assert session.draft.port == "2525"


def test_a_test_mail_is_sent_with_what_is_typed(qtbot: QtBot, session: MailSession, care: Care) -> None:
    fill(session)
    session.try_out()
    assert "recipient" in session.errors
    session.set_recipient("me@example.org")
    session.try_out()
    qtbot.waitUntil(lambda: session.trial == Trial("It went.", is_good=True))
    ((account, password, recipient),) = care.tried
    assert (account.host, password, recipient) == ("mail.example.org", "secret", "me@example.org")
    session.save()
    session.try_out()
    qtbot.waitUntil(lambda: len(care.tried) == 2)
    assert care.tried[-1][1] == "", "the one that is kept"
    qtbot.waitUntil(lambda: not session.is_trying)


def test_whoever_may_not_changes_nothing(session: MailSession, computer: Computer, care: Care) -> None:
    computer.shop.person = None
    fill(session)
    session.save()
    session.set_recipient("me@example.org")
    session.try_out()
    assert session.refusal == NO_RIGHT
    assert (care.passwords, care.tried) == ([], [])


def test_what_was_typed_can_be_discarded(session: MailSession) -> None:
    fill(session)
    session.discard()
    assert not session.has_changes
