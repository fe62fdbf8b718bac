"""The thread that sends: it goes on after any fault, keeps what it could not note, and ends at once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from omsdesk.channels.mail.mailer import Mailer, Outgoing
from omsdesk.channels.mail.server import Delivery, MailServer, Patience
from omsdesk.domain.mailing import MailState
from omsdesk.settings import MailSecurity
from tests.channels.mail.mail_host import MailHost, mail_host
from tests.patience import until

SOON = Patience(5.0, 5.0, 5.0)


class Box:
    """An outbox in memory."""

    def __init__(self, *names: str) -> None:
        self.mails = [
            Outgoing(name, "guest@example.org", f"Message-ID: <{name}@x>\r\n\r\n.\r\n".encode()) for name in names
        ]
        self.noted: list[tuple[str, MailState]] = []
        self.faults = 0
        self.is_settled = False

    def settle(self) -> None:
        self.is_settled = True

    def due(self, server: MailServer) -> Outgoing | None:
        ended = {name for name, state in self.noted if state is not MailState.DEFERRED}
        return next((mail for mail in self.mails if mail.id not in ended), None)

    def begin(self, mail: Outgoing) -> bool:
        return True

    def finished(self, mail: Outgoing, outcome: Delivery) -> None:
        if self.faults:
            self.faults -= 1
            raise OSError("the disk is full")
        self.noted.append((mail.id, outcome.state))


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as running:
        yield running


def run(box: Box, server: MailServer | None) -> Mailer:
    mailer = Mailer(box, lambda: server, SOON, (0.02,))
    mailer.start()
    return mailer


def test_one_after_the_other(host: MailHost) -> None:
    box = Box("one", "two", "three")
    mailer = run(box, host.at())
    until(lambda: len(box.noted) == 3)
    mailer.stop()
    assert box.is_settled
    assert [mail["Message-ID"] for mail in host.mails] == ["<one@x>", "<two@x>", "<three@x>"]


def test_without_a_server_everything_waits() -> None:
    box = Box("one")
    mailer = run(box, None)
    mailer.wake()
    mailer.stop()
    assert box.noted == []


def test_what_could_not_be_noted_is_noted_before_anything_else_and_nothing_is_sent_twice(host: MailHost) -> None:
    box = Box("one", "two")
    box.faults = 3
    mailer = run(box, host.at())
    until(lambda: len(box.noted) == 2)
    mailer.stop()
    assert [mail["Message-ID"] for mail in host.mails] == ["<one@x>", "<two@x>"]


def test_a_mail_that_cannot_be_taken_does_not_keep_the_others(host: MailHost) -> None:
    box = Box("one", "two")
    host.answers["RCPT"] = "550 no"
    mailer = run(box, host.at())
    until(lambda: len(box.noted) == 2)
    mailer.stop()
    assert [state for _, state in box.noted] == [MailState.FAILED, MailState.FAILED]


def test_a_server_that_is_away_is_asked_again(host: MailHost) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        away = MailServer("127.0.0.1", taken.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
    box, where = Box("one"), [away]
    mailer = Mailer(box, lambda: where[0], SOON, (0.02,))
    mailer.start()
    until(lambda: len(box.noted) > 2)
    where[0] = host.at()
    until(lambda: ("one", MailState.SENT) in box.noted)
    mailer.stop()
    assert len(host.taken) == 1


def test_it_ends_at_once_while_a_server_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
        box = Box("one")
        mailer = Mailer(box, lambda: server, Patience(), (0.02,))
        mailer.start()
        client, _ = silent.accept()
        client.sendall(b"220 hello\r\n")
        client.recv(100)
        mailer.stop()
        until(lambda: "mailer" not in {thread.name for thread in threading.enumerate() if thread is mailer._thread})
        until(lambda: not mailer._thread.is_alive())
        client.close()
    assert MailState.SENT not in {state for _, state in box.noted}
