"""The mail of a station: set up, tried out, changed while it runs, with a real mail server at the other end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from omsdesk.actions.writer import Writer
from omsdesk.channels.mail.server import Patience
from omsdesk.domain.mailing import AskMail, Letter, MailState
from omsdesk.mailroom import Mailroom
from omsdesk.settings import MailAccount, MailSecurity, Settings, load, save
from omsdesk.store.queries import mailing as queries
from tests.channels.mail.mail_host import MailHost, certificate, mail_host
from tests.patience import until
from tests.store.station import Station

SOON = Patience(5.0, 5.0, 5.0)


class Secrets:
    """A key store of an operating system that is kept nowhere."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[username] = password

    def delete_password(self, service: str, username: str) -> None:
        from keyring.errors import PasswordDeleteError

        if self.kept.pop(username, None) is None:
            raise PasswordDeleteError


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    station = Station(tmp_path / "shop.db")
    station.open_shift()
    yield station
    station.close()


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as running:
        yield running


class Room:
    """A mailroom whose settings can be changed."""

    def __init__(self, till: Station, settings: Settings, secrets: Secrets | None = None) -> None:
        self.settings = settings
        self.writer = Writer(till.executor)
        self.room = Mailroom(lambda: self.settings, till.database.reader, self.writer, secrets, SOON)
        till.executor.listeners.append(self.room.heard)

    def close(self) -> None:
        self.room.stop()
        self.writer.close()


def account(host: MailHost, **more: Any) -> MailAccount:
    return replace(MailAccount("127.0.0.1", host.port, MailSecurity.NONE, "", "till@kontor.example"), **more)


def ask(till: Station, job: str = "m1") -> None:
    till.sell(f"sale-{job}")
    till.do(AskMail(job, Letter.RECEIPT, f"sale-{job}", address="guest@example.org"))


def is_sent(till: Station, job: str = "m1") -> bool:
    known = queries.one(till.database.writer, job)
    return known is not None and known.state is MailState.SENT


def test_what_is_asked_for_is_sent_at_once(till: Station, host: MailHost, tmp_path: Path) -> None:
    made = Room(till, Settings(tmp_path, mail=account(host)))
    made.room.start()
    ask(till)
    until(lambda: is_sent(till))
    made.close()
    assert host.mails[0]["From"].addresses[0].addr_spec == "till@kontor.example"


def test_what_was_asked_for_before_there_was_a_server_is_sent_when_there_is_one(
    till: Station, host: MailHost, tmp_path: Path
) -> None:
    made = Room(till, Settings(tmp_path))
    made.room.start()
    assert not made.room.is_set_up
    ask(till)
    made.settings = Settings(tmp_path, mail=account(host))
    made.room.renew()
    until(lambda: is_sent(till))
    made.close()


def test_a_program_that_starts_again_sends_what_waits(till: Station, host: MailHost, tmp_path: Path) -> None:
    ask(till)
    made = Room(till, Settings(tmp_path, mail=account(host)))
    made.room.start()
    until(lambda: is_sent(till))
    made.close()


@pytest.mark.parametrize("has_store", [True, False])
def test_a_password_is_kept_where_only_this_user_can_read_it_and_not_in_the_settings(
    till: Station, tmp_path: Path, has_store: bool
) -> None:
    secrets = Secrets()
    made = Room(till, Settings(tmp_path, mail=MailAccount("mail.example", user="till")), secrets if has_store else None)
    assert made.room.keep_password("пароль 1") == ""
    save(made.settings)
    fresh = Room(till, load(tmp_path), secrets if has_store else None)
    assert fresh.room.password() == "пароль 1"
    assert "пароль" not in (tmp_path / "settings.toml").read_text()
    file = tmp_path / "mail-password.key"
    assert file.exists() == (not has_store)
    if file.exists():
        assert file.stat().st_mode & 0o077 == 0
    assert fresh.room.keep_password("") == ""
    assert (fresh.room.password(), file.exists()) == ("", False)
    made.close()
    fresh.close()


def test_a_test_mail_says_what_came_of_it(till: Station, host: MailHost, tmp_path: Path) -> None:
    made = Room(till, Settings(tmp_path))
    good = made.room.try_out(account(host), "", "me@example.org")
    assert (good.is_good, "me@example.org" in good.sentence) == (True, True)
    assert host.mails[0]["Subject"] == "Test mail of your till"
    host.answers["RCPT"] = "550 5.1.1 No such user"
    bad = made.room.try_out(account(host), "", "me@example.org")
    assert not bad.is_good
    assert "This address does not exist" in bad.sentence
    made.close()


def test_a_test_mail_signs_in_with_what_is_typed_or_kept(till: Station, tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    made = Room(till, Settings(tmp_path), Secrets())
    with mail_host(context, users={"till": "secret"}) as host:
        typed = account(host, user="till", certificates=str(trusted), security=MailSecurity.STARTTLS)
        assert made.room.try_out(typed, "secret", "me@example.org").is_good
        assert not made.room.try_out(typed, "other", "me@example.org").is_good
        made.room.keep_password("secret")
        assert made.room.try_out(typed, "", "me@example.org").is_good
    made.close()
