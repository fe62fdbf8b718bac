"""A real mail server takes a mail, refuses it at every step, or is cut off after every byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from omsdesk.channels.mail.dialogue import Dialogue
from omsdesk.channels.mail.server import Delivery, MailServer, Patience
from omsdesk.domain.mailing import MailState
from omsdesk.settings import MailSecurity
from tests.channels.mail.mail_host import BreakingLine, MailHost, certificate, mail_host
from tests.patience import until

MAIL = b"Subject: Receipt\r\nMessage-ID: <1@kontor.example>\r\n\r\nThank you.\r\n.\r\n.. dots\r\n"
GUEST = "guest@example.org"
SOON = Patience(5.0, 5.0, 5.0)
SAFE = {MailState.DEFERRED, MailState.FAILED}


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as running:
        yield running


def hand_over(server: MailServer, mail: bytes = MAIL, to: str = GUEST, patience: Patience = SOON) -> Delivery:
    made = Dialogue(server, patience).deliver(to, mail, lambda: True)
    assert made is not None
    return made


def test_a_mail_arrives_as_it_was_written(host: MailHost) -> None:
    assert hand_over(host.at()) == Delivery(MailState.SENT)
    (envelope,) = host.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == ("till@kontor.example", [GUEST])
    assert envelope.content == MAIL


def test_line_ends_are_made_those_of_mail(host: MailHost) -> None:
    hand_over(host.at(), b"Subject: x\n\none\rtwo\n.three")
    assert host.taken[0].content == b"Subject: x\r\n\r\none\r\ntwo\r\n.three\r\n"


def test_a_domain_with_other_letters_is_written_as_the_net_knows_it(host: MailHost) -> None:
    hand_over(host.at(), to="anna@bücher.example")
    assert host.taken[0].rcpt_tos == ["anna@xn--bcher-kva.example"]


def test_the_name_of_this_computer_is_not_told(host: MailHost) -> None:
    hand_over(host.at())
    assert host.names == ["[127.0.0.1]"]


@pytest.mark.parametrize(
    ("step", "answer", "state", "is_of_server", "sentence"),
    [
        ("MAIL", "451 4.3.0 Later", MailState.DEFERRED, True, "takes no mail from here now"),
        ("MAIL", "553 5.7.1 Not yours", MailState.DEFERRED, True, "Check the sender"),
        ("MAIL", "530 5.7.0 Authentication required", MailState.DEFERRED, True, "wants user and password"),
        ("RCPT", "451 4.7.1 Greylisted", MailState.DEFERRED, False, "tried again by itself"),
        ("RCPT", "421 4.3.2 Shutting down", MailState.DEFERRED, True, "tried again by itself"),
        ("RCPT", "550 5.1.1 No such user here", MailState.FAILED, False, "This address does not exist"),
        ("RCPT", "550 5.7.1 Relaying denied", MailState.FAILED, False, "does not take mail for this address"),
        ("RCPT", "552 5.2.2 Mailbox full", MailState.FAILED, False, "does not take mail for this address"),
        ("DATA", "451 4.3.0 Later", MailState.DEFERRED, False, "tried again by itself"),
        ("DATA", "554 5.5.1 No", MailState.FAILED, False, "refused this mail"),
        ("END", "452 4.3.1 Disk full", MailState.DEFERRED, False, "tried again by itself"),
        ("END", "552 5.3.4 Too big", MailState.FAILED, False, "refused this mail"),
        ("END", "554 5.7.1 Spam", MailState.FAILED, False, "It said: “5.7.1 Spam”"),
        ("END", "354 Go on", MailState.UNKNOWN, False, "nobody knows whether it will arrive"),
    ],
)
def test_every_refusal_has_its_sentence_and_nothing_was_taken(
    host: MailHost, step: str, answer: str, state: MailState, is_of_server: bool, sentence: str
) -> None:
    host.answers[step] = answer
    made = hand_over(host.at())
    assert (made.state, made.is_of_server) == (state, is_of_server)
    assert sentence in made.sentence
    assert host.taken == []


def test_nothing_is_sent_where_somebody_else_has_the_mail_in_hand(host: MailHost) -> None:
    assert Dialogue(host.at(), SOON).deliver(GUEST, MAIL, lambda: False) is None
    assert host.commands == ["MAIL", "RCPT"]


def _has(host: MailHost, mail: bytes) -> bool:
    return mail in {row.content for row in host.taken}


def _size(host: MailHost, *, of_client: bool) -> int:
    line = BreakingLine(host.port)
    hand_over(MailServer("127.0.0.1", line.port, MailSecurity.NONE, sender="till@kontor.example"))
    until(lambda: line.seen[of_client] > 0)
    line.close()
    return line.seen[of_client]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("is_client", [True, False])
def test_wherever_the_line_breaks_no_mail_is_lost_and_none_is_doubled(
    host: MailHost, is_client: bool, step: int
) -> None:
    unknown = 0
    for count in range(1, _size(host, of_client=is_client), step):
        mail = MAIL.replace(b"<1@", b"<%d.%d@" % (is_client, count))
        line = BreakingLine(host.port, **{"of_client" if is_client else "of_server": count})
        through = MailServer("127.0.0.1", line.port, MailSecurity.NONE, sender="till@kontor.example")
        made = hand_over(through, mail)
        line.close()
        if made.state is MailState.UNKNOWN:
            # A person is asked: the server has it, or has not.
            unknown += 1
            continue
        if made.state is not MailState.SENT:
            assert made == Delivery(MailState.DEFERRED, made.sentence, is_of_server=True), count
            assert hand_over(host.at(), mail).state is MailState.SENT
        until(partial(_has, host, mail))
        assert [row.content for row in host.taken].count(mail) == 1, f"after {count} bytes it was sent twice"
    # What nobody can know is the answer to the last line, and what of the mail was still on its way to the server.
    assert 0 < unknown < len(MAIL) + 40


def test_a_server_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = MailServer("127.0.0.1", silent.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
        made = hand_over(server, patience=Patience(0.2, 0.2, 0.2))
    assert (made.state, made.is_of_server) == (MailState.DEFERRED, True)


@pytest.mark.parametrize(("is_early", "state"), [(True, MailState.DEFERRED), (False, MailState.UNKNOWN)])
def test_a_server_that_falls_silent(is_early: bool, state: MailState) -> None:
    """Before it asked for the mail nothing is lost; after the last line nobody knows."""
    answers = [b"220 hello\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                for answer in answers[: 4 if is_early else 5]:
                    client.sendall(answer)
                    client.recv(4096)
                ended.wait(20)

        thread = threading.Thread(target=serve)
        thread.start()
        server = MailServer("127.0.0.1", listener.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
        made = hand_over(server, patience=Patience(5, 0.3, 0.3))
        ended.set()
        thread.join()
    assert made.state is state


def test_the_program_can_break_off_at_any_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = MailServer("127.0.0.1", listener.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
        dialogue, found = Dialogue(server), list[Delivery | None]()
        thread = threading.Thread(target=lambda: found.append(dialogue.deliver(GUEST, MAIL, lambda: True)))
        thread.start()
        client, _ = listener.accept()
        client.sendall(b"220 hello\r\n")
        client.recv(4096)
        dialogue.interrupt()
        thread.join(20)
        client.close()
    assert found
    assert found[0] is not None
    assert found[0].state is MailState.DEFERRED


# ------------------------------------------------------------------------------------------- signing in


def test_a_protected_line_signs_in_and_sends(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    for security, is_tls in ((MailSecurity.STARTTLS, False), (MailSecurity.TLS, True)):
        with mail_host(context, is_tls=is_tls, users={"till": "secret"}) as host:
            made = hand_over(host.at(security, user="till", password="secret", certificates=str(trusted)))
            assert made == Delivery(MailState.SENT), security
            assert len(host.taken) == 1


@pytest.mark.parametrize("password", ["wrong", "пароль"])
def test_a_wrong_password_is_said_and_holds_every_mail(tmp_path: Path, password: str) -> None:
    context, trusted = certificate(tmp_path)
    with mail_host(context, users={"till": "secret"}) as host:
        made = hand_over(host.at(MailSecurity.STARTTLS, user="till", password=password, certificates=str(trusted)))
    assert (made.state, made.is_of_server) == (MailState.DEFERRED, True)
    assert made.sentence.startswith("The mail server did not accept user and password. Check both.")
    assert host.commands == []


def test_a_password_may_have_any_letters(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    with mail_host(context, users={"till": "пароль"}) as host:
        made = hand_over(host.at(MailSecurity.STARTTLS, user="till", password="пароль", certificates=str(trusted)))
    assert made.state is MailState.SENT


def test_no_password_goes_over_an_open_line(host: MailHost) -> None:
    made = hand_over(host.at(user="till", password="secret"))
    assert "lets nobody sign in" in made.sentence
    assert host.commands == []


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with mail_host(context) as host:
        made = hand_over(host.at(MailSecurity.STARTTLS))
    assert "cannot prove who it is" in made.sentence
    assert (host.commands, made.is_of_server) == ([], True)


def test_the_wrong_kind_of_security_is_said(host: MailHost, tmp_path: Path) -> None:
    assert "does not speak TLS" in hand_over(host.at(MailSecurity.TLS)).sentence
    assert "offers no STARTTLS" in hand_over(host.at(MailSecurity.STARTTLS)).sentence
    assert host.commands == []


def test_a_server_that_is_not_there_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    made = hand_over(MailServer("127.0.0.1", port, MailSecurity.NONE, sender="till@kontor.example"))
    assert "takes no mail on port" in made.sentence
    assert made.is_of_server


def test_something_that_is_no_mail_server_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                client.sendall(b"SSH-2.0-OpenSSH_9.9\r\n")
                client.recv(4096)

        thread = threading.Thread(target=serve)
        thread.start()
        made = hand_over(
            MailServer("127.0.0.1", listener.getsockname()[1], MailSecurity.NONE, sender="till@kontor.example")
        )
        thread.join()
    assert made.state is MailState.DEFERRED
    assert made.sentence
