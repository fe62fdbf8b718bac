"""Nobody gets in who is not who they say: each way to pretend, and what it is answered."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import pytest

from omsdesk.server.enrolment import Key, Registrar
from omsdesk.server.http.caller import KEPT_SECONDS, MOST_KEPT, Keys, Memory
from omsdesk.server.http.errors import Refused
from omsdesk.server.http.service import Service
from omsdesk.store.journal import Sealed
from omsdesk.sync.messages import (
    Answer,
    CodeWish,
    Decision,
    Enrolment,
    KnownDevices,
    PartWish,
    Places,
    Run,
    StationFacts,
    Stray,
    Strays,
    TillClaim,
    Wanted,
)
from omsdesk.sync.signing import content_digest
from omsdesk.sync.wire import MSGPACK, encode
from tests.server.http.served import Reply, Served, Station, new_name, sales

GIVEN_BACK = Sealed(1, 1, 1, 0, "ann", "x", "sale.started", 1, b"{}", bytes(32))
QUESTION = encode(Run(1, 0, bytes(32)))
MEDIA = {"content_type": MSGPACK, "accept": MSGPACK}
ASKED = [
    ("POST", "/v1/runs", Run(1, 0, bytes(32))),
    ("POST", "/v1/feeds", Wanted("", 0)),
    ("POST", "/v1/hints", Places({"": 0})),
    ("POST", "/v1/codes", CodeWish("s1")),
    ("GET", "/v1/codes", None),
    ("GET", "/v1/devices", None),
    ("PUT", "/v1/till", TillClaim("t1", 1)),
    ("PUT", "/v1/devices/somebody", StationFacts("Desk")),
    ("DELETE", "/v1/devices/somebody", None),
    ("GET", "/v1/held", None),
    ("POST", "/v1/releases", Decision("somebody", 1, 1)),
    ("POST", "/v1/refusals", Decision("somebody", 1, 1)),
    ("POST", "/v1/snapshots", PartWish()),
    ("POST", "/v1/rescues", Strays((Stray("somebody", 1, bytes(32), GIVEN_BACK),))),
]
EVERYTHING = pytest.mark.parametrize(
    ("method", "path", "message"), ASKED, ids=[f"{method} {path}" for method, path, _ in ASKED]
)


@pytest.fixture
def stranger(served: Served) -> Iterator[Station]:
    """Somebody with a key that nobody let in."""
    made = Station(served.port, new_name())
    yield made
    made.hang_up()


def push(station: Station, fields: dict[str, str], body: bytes = QUESTION) -> Reply:
    return station.send("POST", "/v1/runs", body, fields)


def signed(station: Station, body: bytes = QUESTION, created: int | None = None) -> dict[str, str]:
    return station.fields("POST", "/v1/runs", body, MEDIA, created)


# ---- every question


@EVERYTHING
def test_what_nobody_signed_is_refused(station: Station, method: str, path: str, message: object) -> None:
    body = encode(message) if message else b""
    refused = station.send(method, path, body, {"content-type": MSGPACK} if body else {})
    assert refused.refusal == (401, "signature")
    assert refused.fields["www-authenticate"] == "Signature"


@EVERYTHING
def test_who_is_not_enrolled_is_refused(stranger: Station, method: str, path: str, message: object) -> None:
    assert stranger.ask(method, path, message).refusal == (401, "not_enrolled")


@EVERYTHING
def test_who_signs_with_another_key_is_refused(
    station: Station, stranger: Station, method: str, path: str, message: object
) -> None:
    stranger.device = station.device
    assert stranger.ask(method, path, message).refusal == (401, "signature")


@EVERYTHING
def test_who_was_retired_is_refused(served: Served, station: Station, method: str, path: str, message: object) -> None:
    assert station.ask("DELETE", f"/v1/devices/{station.device}").status == 200
    assert station.ask(method, path, message).refusal == (403, "revoked")


@EVERYTHING
def test_a_signature_of_another_question_opens_nothing(
    station: Station, method: str, path: str, message: object
) -> None:
    body = encode(message) if message else b""
    for other_method, other_path in (("PATCH", path), (method, "/v1/other"), (method, f"{path}?more=1")):
        fields = station.fields(other_method, other_path, body, MEDIA)
        assert station.send(method, path, body, fields).refusal == (401, "signature")


# ---- what was signed, and when


@pytest.mark.parametrize("off", [-301, 301, -86_400, 10**9])
def test_a_signature_of_another_time_is_refused_and_the_answer_tells_the_time(station: Station, off: int) -> None:
    refused = push(station, signed(station, created=int(time.time()) + off))
    assert refused.refusal == (401, "clock")
    assert abs(parsedate_to_datetime(refused.fields["date"]).timestamp() - time.time()) < 20


@pytest.mark.parametrize("off", [-295, 295])
def test_clocks_may_differ_by_minutes(station: Station, off: int) -> None:
    assert push(station, signed(station, created=int(time.time()) + off)).status == 200


def test_an_old_request_that_is_sent_again_later_is_refused(station: Station) -> None:
    recorded = signed(station, created=int(time.time()) - 400)
    assert push(station, recorded).refusal == (401, "clock")
    younger = recorded["signature-input"].replace("created=1", "created=2")
    assert push(station, recorded | {"signature-input": younger}).status == 401, "its moment is signed, too"


def test_a_body_that_was_changed_is_refused(station: Station) -> None:
    fields = signed(station)
    other = encode(sales(station.device, 1))
    assert push(station, fields, other).refusal == (401, "signature")
    assert push(station, fields | {"content-digest": content_digest(other)}, other).refusal == (401, "signature")


@pytest.mark.parametrize(
    "digest", ["", "sha-256=::", content_digest(b"another"), "sha-512=:AAAA:", f"x=1, {content_digest(QUESTION)}"]
)
def test_a_digest_that_is_not_that_of_the_body_is_refused(station: Station, digest: str) -> None:
    fields = signed(station) | {"content-digest": digest}
    assert push(station, {name: value for name, value in fields.items() if value}).refusal == (401, "signature")


@pytest.mark.parametrize(
    "covered",
    ['"@method" "@path" "@query"', '"@method" "@path" "content-digest"', '"@path" "@query" "content-digest"', ""],
)
def test_a_signature_that_covers_less_than_all_is_refused(station: Station, covered: str) -> None:
    fields = signed(station)
    whole = fields["signature-input"]
    start, end = whole.index("(") + 1, whole.index(")")
    assert push(station, fields | {"signature-input": whole[:start] + covered + whole[end:]}).status == 401


@pytest.mark.parametrize("signature", ["", "station=::", f"station=:{b64encode(bytes(64)).decode()}:", "other=:AAAA:"])
def test_a_signature_that_is_none_is_refused(station: Station, signature: str) -> None:
    assert push(station, signed(station) | {"signature": signature}).refusal == (401, "signature")


# ---- in somebody else's name


def test_a_forged_name_opens_nothing(served: Served, station: Station) -> None:
    thief = served.station(served.found())
    fields = signed(thief)
    forged = fields["signature-input"].replace(thief.device, station.device)
    assert push(thief, fields | {"signature-input": forged}).refusal == (401, "signature")
    thief.hang_up()


def test_two_names_at_once_are_no_name(served: Served, station: Station) -> None:
    thief = served.station(served.found())
    mine, theirs = signed(thief), signed(station)
    both = f"{mine['signature-input']}, {theirs['signature-input'].replace('station=', 'station=', 1)}"
    assert push(thief, mine | {"signature-input": both, "signature": f"{theirs['signature']}"}).status == 401
    thief.hang_up()


def test_what_is_said_in_the_body_moves_nobody_to_another_business(served: Served, station: Station) -> None:
    station.push(sales(station.device, 3))
    other = served.station(served.found())
    told = b'{"scope":"s1","after":0,"tenant":"x","device":"' + station.device.encode() + b'"}'
    fields = other.fields("POST", "/v1/feeds", told, {"content_type": "application/json"})
    assert b'"items":[]' in other.send("POST", "/v1/feeds", told, fields).body
    (only,) = other.ask("GET", "/v1/devices").read(KnownDevices).devices
    assert only.device == other.device
    other.hang_up()


def test_a_run_of_another_device_is_not_taken(served: Served, tenant: str, station: Station) -> None:
    other = served.station(tenant)
    assert other.push(sales(station.device, 2)).refusal == (422, "garbled")
    assert other.push(Run(1, 0, bytes(32))).read(Answer).head.number == 0
    other.hang_up()


# ---- enrolment


def test_an_enrolment_is_signed_by_the_key_that_it_shows(served: Served, tenant: str, stranger: Station) -> None:
    wish = Enrolment(served.code(tenant), stranger.device, Station(served.port, "x").public_key)
    assert stranger.ask("POST", "/v1/enrolments", wish).refusal == (401, "signature")
    honest = Enrolment(wish.code, stranger.device, stranger.public_key)
    assert stranger.ask("POST", "/v1/enrolments", honest).status == 200, "and the code is still good"


def test_an_enrolment_is_signed_in_the_name_that_it_says(served: Served, tenant: str, stranger: Station) -> None:
    wish = Enrolment(served.code(tenant), new_name(), stranger.public_key)
    assert stranger.ask("POST", "/v1/enrolments", wish).refusal == (401, "signature")


def test_an_enrolled_station_is_not_taken_over_by_a_code_for_anybody(served: Served, station: Station) -> None:
    thief = Station(served.port, station.device)
    own_business = served.found()
    wish = Enrolment(served.code(own_business), thief.device, thief.public_key)
    assert thief.ask("POST", "/v1/enrolments", wish).refusal == (403, "code")
    assert station.push(sales(station.device, 1)).status == 200
    thief.hang_up()


# ---- what is remembered


def test_a_device_that_another_process_retired_is_out_within_a_second(served: Served, tenant: str) -> None:
    station = served.station(tenant)
    assert station.ask("GET", "/v1/devices").status == 200
    served.do(lambda service: service.registrar.retire(tenant, station.device))
    time.sleep(KEPT_SECONDS + 0.1)
    assert station.ask("GET", "/v1/devices").refusal == (403, "revoked")
    station.hang_up()


def test_strangers_who_flood_push_no_known_key_out_of_memory(served: Served, tenant: str, station: Station) -> None:
    async def story(service: Service) -> int:
        asked = 0

        class Asked(Registrar):
            async def key_of(self, device: str) -> Key | None:
                nonlocal asked
                asked += 1
                return await super().key_of(device) if device == station.device else None

        keys = Keys(Asked(service.storage, service.now), lambda: 0.0)
        await keys.known(station.device)
        for number in range(MOST_KEPT + 10):
            with pytest.raises(Refused):
                await keys.known(f"stranger-{number}")
        before = asked
        assert (await keys.known(station.device)).tenant == tenant
        with pytest.raises(Refused):
            await keys.known("stranger-0")
        with pytest.raises(Refused):
            await keys.known(f"stranger-{MOST_KEPT + 9}")
        return asked - before

    assert served.do(story) == 1, "only the stranger who was forgotten is looked up again"


def test_what_is_remembered_fades_and_does_not_grow() -> None:
    now = [0.0]
    memory: Memory[str] = Memory(5, lambda: now[0], most=2)
    for name in "abc":
        memory.keep(name, name)
    assert [memory.get(name) for name in "abc"] == [None, "b", "c"]
    memory.forget("b")
    now[0] = 5
    assert memory.get("b") is memory.get("c") is None


def test_a_station_that_only_sells_makes_no_codes_and_lets_nothing_pass(served: Served, tenant: str) -> None:
    booth = Station(served.port, new_name())
    code = served.do(lambda service: service.registrar.make_code(tenant, CodeWish("s1", only_sells=True)))
    served.do(lambda service: service.registrar.enrol(Enrolment(code, booth.device, booth.public_key)))
    other = served.station(tenant)
    refused = (403, "not_allowed")
    assert booth.ask("POST", "/v1/codes", CodeWish("*", device="boss")).refusal == refused
    assert booth.ask("GET", "/v1/codes").refusal == refused
    assert booth.ask("DELETE", f"/v1/devices/{other.device}").refusal == refused
    assert booth.ask("POST", "/v1/releases", Decision(booth.device, 1, 1)).refusal == refused
    assert booth.ask("POST", "/v1/refusals", Decision(booth.device, 1, 1)).refusal == refused
    assert booth.ask("PUT", f"/v1/devices/{other.device}", StationFacts("Mine")).refusal == refused
    assert booth.ask("PUT", f"/v1/devices/{booth.device}", StationFacts("Booth")).status == 200, "its own name"
    assert booth.ask("GET", "/v1/devices").status == 200
    assert booth.ask("DELETE", f"/v1/devices/{booth.device}").status == 200, "it may leave"
    for one in (booth, other):
        one.hang_up()
