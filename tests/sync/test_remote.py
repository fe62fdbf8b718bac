"""The line to the service, over real sockets: what is asked is answered, and what goes wrong is said in a sentence."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from omsdesk.sync import wire
from omsdesk.sync.failures import Busy, Refused
from omsdesk.sync.keys import DeviceKey
from omsdesk.sync.messages import CodeWish, Complaint, Enrolment, Failure, Garbled, Places, Wanted
from omsdesk.sync.push import next_run, waiting
from omsdesk.sync.remote import Patience, Remote
from omsdesk.sync.signing import claim_of
from omsdesk.sync.turn import Turn, Unreachable, take_turn
from tests.devices.lonely_servers import free_port
from tests.sync.cloud_server import (
    CloudServer,
    Fault,
    Reply,
    answer_lost,
    break_off,
    drip,
    late,
    make_tls,
    reset,
    says,
    serving,
)
from tests.sync.stations import STORE, Cloud, Member

KEY = DeviceKey(b"\x01" * 32)
PATIENT = Patience(connect=10.0, read=30.0, whole=60.0)
"""A busy machine is not what these tests are about."""
QUICK = Patience(connect=1.0, read=0.3, whole=0.6)
HOUR, YEAR = 3600.0, 365 * 86_400.0


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Member]:
    made = Member(tmp_path / "till.db", 1)
    made.set_up()
    yield made
    made.close()


@pytest.fixture
def remote(server: CloudServer, till: Member) -> Iterator[Remote]:
    made = line_of(server, till)
    made.enrol(Enrolment(server.service.make_code(), till.database.station.device, KEY.public, "Till 1"))
    yield made
    made.close()


def line_of(server: CloudServer, till: Member, **more: object) -> Remote:
    return Remote(server.address, till.database.station.device, KEY, **{"patience": PATIENT, **more})  # type: ignore[arg-type]


def turn(remote: Remote, till: Member) -> Turn:
    return take_turn(till.database, remote, STORE)


def test_a_station_is_let_in_and_exchanges_everything(cloud: Cloud, remote: Remote, till: Member) -> None:
    assert turn(remote, till).told > 0
    assert waiting(till.database.writer).entries == 0
    assert turn(remote, till) == Turn()


def test_being_let_in_says_where_one_belongs(server: CloudServer, cloud: Cloud, till: Member) -> None:
    remote, device = line_of(server, till), till.database.station.device
    asked = Enrolment(server.service.make_code(), device, KEY.public, "Till 1", "0.1.0")
    found = remote.enrol(asked)
    assert (found.tenant, found.store, found.till, found.device) == (cloud.tenant, STORE, "t1", device)
    assert remote.enrol(asked) == found, "the answer may have been lost"
    with pytest.raises(Refused) as caught:
        remote.enrol(replace(asked, public_key=b"x" * 32))
    assert caught.value.error == Complaint.SIGNATURE, "who asks has to own the key"
    remote.close()


def test_a_code_that_is_none_lets_nobody_in(server: CloudServer, till: Member) -> None:
    remote = line_of(server, till)
    with pytest.raises(Refused, match="This code is not known") as caught:
        remote.enrol(Enrolment("0000-0000-0000", till.database.station.device, KEY.public))
    assert caught.value.error == Complaint.CODE
    remote.close()


def test_requests_are_signed_packed_and_go_over_one_line(server: CloudServer, remote: Remote, till: Member) -> None:
    whole = len(wire.encode(next_run(till.database.writer)))
    turn(remote, till)
    runs = [request for request in server.service.seen if request.target == "/v1/runs"]
    assert runs[0].fields["content-encoding"] == "deflate"
    assert len(runs[0].body) < whole * 0.7
    assert {claim_of(request.fields).key for request in runs} == {till.database.station.device}
    assert remote._lines._pool.num_connections == 1


def test_a_line_that_was_closed_between_two_requests_is_opened_again(
    server: CloudServer, remote: Remote, till: Member
) -> None:
    turn(remote, till)
    server.service.faults.append(reset)
    assert turn(remote, till) == Turn()


@pytest.mark.parametrize("years", [-5, 0, 20])
def test_a_clock_that_is_years_off_only_costs_a_second_request(
    server: CloudServer, remote: Remote, till: Member, years: int
) -> None:
    off = line_of(server, till, now=lambda: time.time() + years * YEAR)
    before = len(server.service.seen)
    assert turn(off, till).told > 0
    asked = len(server.service.seen) - before
    assert turn(off, till) == Turn()
    again = len(server.service.seen) - before - asked
    assert asked - again in {1, 2}, "it knows what time it is now"
    off.close()


def test_two_clocks_that_cannot_agree_are_told_apart_from_a_bad_line(
    server: CloudServer, remote: Remote, till: Member
) -> None:
    server.service.faults.extend([says(Reply(Failure(Complaint.CLOCK, ""), 401))] * 2)
    with pytest.raises(Refused, match="Check date and time"):
        turn(remote, till)


def test_a_revoked_station_is_told_so(cloud: Cloud, server: CloudServer, remote: Remote, till: Member) -> None:
    turn(remote, till)
    remote.retire(till.database.station.device)
    with pytest.raises(Refused, match="Selling goes on") as caught:
        turn(remote, till)
    assert caught.value.error == Complaint.REVOKED


def test_another_key_is_not_this_station(server: CloudServer, remote: Remote, till: Member) -> None:
    stranger = Remote(server.address, till.database.station.device, DeviceKey(b"\x02" * 32), patience=PATIENT)
    with pytest.raises(Refused) as caught:
        turn(stranger, till)
    assert caught.value.error == Complaint.SIGNATURE
    stranger.close()


def test_a_manager_makes_codes_and_sees_the_devices(server: CloudServer, remote: Remote, till: Member) -> None:
    code = remote.make_code(CodeWish(STORE, "t2", made_by="mia"))
    assert [(one.till, one.made_by, one.used_by) for one in remote.codes().codes if one.made_by] == [("t2", "mia", "")]
    newcomer = Remote(server.address, "till-2", KEY, patience=PATIENT)
    assert newcomer.enrol(Enrolment(code.code, "till-2", KEY.public)).till == "t2"
    newcomer.close()
    remote.retire("till-2")
    found = {row.device: bool(row.retired_ms) for row in remote.devices().devices}
    assert found == {till.database.station.device: False, "till-2": True}


def test_a_hint_comes_as_soon_as_there_is_news(server: CloudServer, remote: Remote, till: Member) -> None:
    server.service.hint_seconds = 20.0
    turn(remote, till)
    ends = Places({"": 0, STORE: 0})
    assert remote.hints(ends).feeds.keys() == {""}, "there is news already"
    heard: list[Places] = []
    listener = threading.Thread(target=lambda: heard.append(remote.hints(Places({STORE: 0}))))
    listener.start()
    time.sleep(0.1)
    assert heard == []
    till.open_shift()
    turn(remote, till)
    listener.join(20)
    assert heard[0].feeds[STORE] > 0


def test_without_news_a_hint_is_an_empty_answer(server: CloudServer, remote: Remote) -> None:
    server.service.hint_seconds = 0.05
    assert remote.hints(Places({STORE: 5})) == Places({})


# ---- what goes wrong on the way


def test_nobody_at_the_address_is_said(till: Member) -> None:
    port = free_port()
    remote = Remote(f"http://127.0.0.1:{port}", "till-1", KEY, patience=QUICK)
    with pytest.raises(Unreachable, match=rf"127\.0\.0\.1, port {port}, does not answer\. Check the network"):
        turn(remote, till)
    remote.close()


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        ([reset, reset], "broke off"),
        ([break_off], "broke off"),
        ([says(Reply(body=b"<html>Sign in</html>", media="text/html"))], "Something else answered"),
        ([says(Reply(status=302, fields={"location": "http://127.0.0.1:1/"}))], "Something else answered"),
        ([says(Reply(status=404, body=b"nothing here", media="text/plain"))], "Something else answered"),
        ([says(Reply(status=502, body=b"<html>", media="text/html"))], "busy or being repaired"),
    ],
)
def test_a_bad_line_is_said_and_nothing_is_lost(
    server: CloudServer, remote: Remote, till: Member, faults: list[Fault], sentence: str
) -> None:
    server.service.faults.extend(faults)
    before = waiting(till.database.writer)
    with pytest.raises(Unreachable, match=sentence):
        turn(remote, till)
    assert waiting(till.database.writer) == before
    server.service.faults.clear()
    assert turn(remote, till).told == before.entries


@pytest.mark.parametrize("fault", [late(0.6), drip])
def test_a_line_that_takes_too_long_is_said_and_nothing_is_lost(
    server: CloudServer, remote: Remote, till: Member, fault: Fault
) -> None:
    before = waiting(till.database.writer)
    server.service.faults.append(fault)
    with closing(line_of(server, till, patience=QUICK)) as hasty, pytest.raises(Unreachable, match="takes too long"):
        turn(hasty, till)
    assert waiting(till.database.writer) == before
    server.service.faults.clear()
    assert turn(remote, till).told == before.entries


def test_an_answer_that_was_lost_costs_nothing(server: CloudServer, remote: Remote, till: Member) -> None:
    server.service.faults.extend([answer_lost])
    assert turn(remote, till).told > 0, "the line had been open, and is opened again"
    till.open_shift()
    assert turn(remote, till).told > 0


def test_a_redirect_is_not_followed(server: CloudServer, remote: Remote, till: Member, tmp_path: Path) -> None:
    other = Cloud(tmp_path / "other.db")
    with serving(other) as elsewhere:
        server.service.faults.append(says(Reply(status=307, fields={"location": f"{elsewhere.address}/v1/runs"})))
        with pytest.raises(Unreachable):
            turn(remote, till)
        assert elsewhere.service.seen == [], "a signed request goes to the service alone"
    other.close()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"\xc1\xc1\xc1"),
        Reply(body=b"x", fields={"content-encoding": "gzip"}),
        Reply(body=b"x", fields={"content-encoding": "br"}),
        Reply(body=wire.encode({"epoch": "one"})),
        Reply(body=wire.pack(bytes(wire.MOST_BYTES + 1), "gzip"), fields={"content-encoding": "gzip"}),
        Reply(body=bytes(wire.MOST_BYTES + 70_000), fields={"content-encoding": "identity"}),
    ],
)
def test_garbage_and_bombs_are_not_taken(server: CloudServer, till: Member, reply: Reply, cloud: Cloud) -> None:
    server.service.faults.append(says(reply))
    remote = Remote(server.address, "till-1", KEY)
    with pytest.raises(Garbled):
        turn(remote, till)
    remote.close()


@pytest.mark.parametrize(("status", "error"), [(408, "too_slow"), (429, Complaint.TOO_MANY), (503, Complaint.BUSY)])
@pytest.mark.parametrize(
    ("fields", "seconds"),
    [({"retry-after": "7"}, 7), ({}, 0), ({"retry-after": "99999999"}, 3600), ({"retry-after": "soon"}, 0)],
)
def test_a_busy_service_says_when_to_come_again(
    server: CloudServer, remote: Remote, till: Member, status: int, error: str, fields: dict[str, str], seconds: int
) -> None:
    server.service.faults.append(says(Reply(Failure(error, "Come later."), status, dict(fields))))
    with pytest.raises(Busy, match=r"Come later\.") as caught:
        turn(remote, till)
    assert caught.value.retry_after == seconds


def test_a_moment_to_come_again_is_by_the_services_clock(server: CloudServer, remote: Remote, till: Member) -> None:
    server.service.now = lambda: 2_000_000_000.0
    until = {"retry-after": formatdate(2_000_000_090.0, usegmt=True)}
    server.service.faults.append(says(Reply(Failure("busy", ""), 503, until)))
    with pytest.raises(Busy) as caught:
        turn(remote, till)
    assert caught.value.retry_after == 90


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (Failure("too_old", ""), "newer version of this program"),
        (Failure("brand_new", "Ask\nthe \x1b[31mowner."), "Ask the [31mowner."),
        (Failure("brand_new", ""), "Tell whoever runs it"),
        (Failure("too_large", "x" * 5000), "x" * 400),
    ],
)
def test_a_refusal_is_a_sentence_for_a_person(
    server: CloudServer, remote: Remote, till: Member, failure: Failure, sentence: str
) -> None:
    server.service.faults.append(says(Reply(failure, 400, media=wire.JSON)))
    with pytest.raises(Refused) as caught:
        turn(remote, till)
    assert sentence in caught.value.sentence
    assert len(caught.value.sentence) <= 400
    assert caught.value.error == failure.error


@pytest.mark.parametrize("is_waiting", [True, False])
def test_hanging_up_ends_what_another_thread_waits_for(server: CloudServer, remote: Remote, is_waiting: bool) -> None:
    failures: list[Exception] = []

    def listen() -> None:
        try:
            remote.hints(Places({STORE: 10**6}))
        except Unreachable as failure:
            failures.append(failure)

    listener = threading.Thread(target=listen)
    if is_waiting:
        listener.start()
        time.sleep(0.2)
        remote.close()
    else:
        remote.close()
        listener.start()
    listener.join(20)
    assert not listener.is_alive(), "an answer would have taken longer"
    assert len(failures) == 1


# ---- who answers


@pytest.mark.parametrize(
    "address",
    ["", "desk.example", "http://desk.example", "http://192.168.1.5:8080", "ftp://desk.example", "https://",
     "https://desk.example?x=1", "https://desk.example:port", "https://me:secret@desk.example"],
)  # fmt: skip
def test_an_address_that_is_none_or_that_others_could_listen_to_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="https://"):
        Remote(address, "till-1", KEY)


def test_a_service_of_ones_own_is_trusted_by_its_certificate(cloud: Cloud, till: Member, tmp_path: Path) -> None:
    tls, certificate = make_tls(tmp_path, valid_from=time.time() - HOUR, valid_until=time.time() + HOUR)
    with serving(cloud, tls) as server:
        trusting = Remote(server.address, till.database.station.device, KEY, certificates=certificate)
        trusting.enrol(Enrolment(server.service.make_code(), till.database.station.device, KEY.public))
        assert turn(trusting, till).told > 0
        trusting.close()
        strange = Remote(server.address, till.database.station.device, KEY)
        with pytest.raises(Unreachable, match="cannot prove that it is the service"):
            turn(strange, till)
        strange.close()


def test_a_secure_line_is_hung_up_as_well(cloud: Cloud, till: Member, tmp_path: Path) -> None:
    tls, certificate = make_tls(tmp_path, valid_from=time.time() - HOUR, valid_until=time.time() + HOUR)
    with serving(cloud, tls) as server:
        remote = Remote(server.address, till.database.station.device, KEY, certificates=certificate)
        remote.enrol(Enrolment(server.service.make_code(), till.database.station.device, KEY.public))
        test_hanging_up_ends_what_another_thread_waits_for(server, remote, is_waiting=True)


@pytest.mark.parametrize("shift", [-2 * YEAR, 2 * YEAR])
def test_a_certificate_that_does_not_hold_now_points_at_the_clock(
    cloud: Cloud, till: Member, tmp_path: Path, shift: float
) -> None:
    now = time.time() + shift
    tls, certificate = make_tls(tmp_path, valid_from=now - HOUR, valid_until=now + HOUR)
    with serving(cloud, tls) as server:
        remote = Remote(server.address, "till-1", KEY, certificates=certificate)
        with pytest.raises(Unreachable, match="Check date and time of this computer"):
            turn(remote, till)
        remote.close()


def test_a_port_that_does_not_speak_securely_is_said(server: CloudServer, till: Member) -> None:
    remote = Remote(server.address.replace("http:", "https:"), "till-1", KEY, patience=QUICK)
    with pytest.raises(Unreachable, match=r"does not speak securely|broke off|takes too long"):
        turn(remote, till)
    remote.close()


def test_certificates_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        Remote("https://desk.example", "till-1", KEY, certificates=tmp_path / "none.pem")


def test_a_name_that_nobody_knows_is_said(till: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    remote = Remote("https://desk.example", "till-1", KEY)
    with pytest.raises(Unreachable, match=r"Nobody knows where desk\.example is"):
        remote.pull(Wanted(STORE, 0))
    remote.close()


def test_a_path_in_the_address_comes_before_every_request(server: CloudServer, till: Member) -> None:
    remote = Remote(f"{server.address}/desk/", "till-1", KEY)
    with pytest.raises(Refused):
        remote.pull(Wanted(STORE, 0))
    assert server.service.seen[-1].target == "/desk/v1/feeds"
    remote.close()
