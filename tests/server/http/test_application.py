"""What a station can ask, and what comes back: every question, in both formats."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest

from omsdesk.domain.body import to_json
from omsdesk.domain.catalogue import ProductEdit, ProductsSaved
from omsdesk.domain.people import Person, PersonSaved, Role
from omsdesk.server.enrolment import VALID_MS
from omsdesk.store.journal import GENESIS, Head, Sealed, seal
from omsdesk.sync.messages import (
    Answer,
    Code,
    CodeWish,
    Decision,
    Enrolled,
    Enrolment,
    Heard,
    HeldEntries,
    KnownCodes,
    KnownDevices,
    Places,
    Run,
    StationFacts,
    TillClaim,
    TillClaimed,
    Wanted,
)
from omsdesk.sync.wire import JSON, MSGPACK
from tests.server.http.served import HOST, Served, Station, after, chain, new_name, sales

FORMATS = pytest.mark.parametrize("media", [JSON, MSGPACK])


@pytest.fixture
def newcomer(served: Served) -> Iterator[Station]:
    made = Station(served.port, new_name())
    yield made
    made.hang_up()


# ---- being let in


@FORMATS
def test_a_station_is_let_in_by_a_code_and_signs_with_its_key_from_then_on(
    served: Served, tenant: str, newcomer: Station, media: str
) -> None:
    wish = Enrolment(served.code(tenant).lower(), newcomer.device, newcomer.public_key, "Till 1", "1.2", is_fresh=True)
    let_in = newcomer.ask("POST", "/v1/enrolments", wish, media).read(Enrolled)
    assert let_in == Enrolled(tenant, "s1", "", 1, newcomer.device)
    run = chain(newcomer.device, "sale.started")
    assert newcomer.ask("POST", "/v1/runs", run, media).read(Answer).head == Head(1, run.entries[0].hash)


def test_whose_answer_got_lost_asks_again_and_is_answered_the_same(
    served: Served, tenant: str, newcomer: Station
) -> None:
    wish = Enrolment(served.code(tenant), newcomer.device, newcomer.public_key)
    first, again = (newcomer.ask("POST", "/v1/enrolments", wish).read(Enrolled) for _ in range(2))
    assert first == again


def test_a_code_lets_one_station_in_and_no_other(served: Served, tenant: str, newcomer: Station) -> None:
    code = served.code(tenant)
    other = Station(served.port, new_name())
    assert newcomer.ask("POST", "/v1/enrolments", Enrolment(code, newcomer.device, newcomer.public_key)).status == 200
    refused = other.ask("POST", "/v1/enrolments", Enrolment(code, other.device, other.public_key))
    assert refused.refusal == (403, "code")
    assert "used already" in refused.failure.sentence
    other.hang_up()


def test_a_station_that_was_retired_comes_back_with_a_code_made_for_it(
    served: Served, tenant: str, station: Station, newcomer: Station
) -> None:
    station.ask("DELETE", f"/v1/devices/{station.device}")
    code = served.code(tenant, device=station.device)
    again = Station(served.port, station.device)
    assert again.ask("POST", "/v1/enrolments", Enrolment(code, again.device, again.public_key)).status == 200
    assert again.push(sales(again.device, 1)).status == 200
    assert station.push(sales(station.device, 1)).refusal == (401, "signature"), "its old key opens nothing"
    again.hang_up()


# ---- the exchange


@FORMATS
@pytest.mark.parametrize("packed", ["", "gzip", "deflate"])
def test_a_run_is_taken_and_heard_by_the_others_of_the_store(
    served: Served, tenant: str, station: Station, media: str, packed: str
) -> None:
    run = chain(station.device, "sale.started", "catalogue.products_saved", "sale.completed")
    answer = station.ask("POST", "/v1/runs", run, media, packed).read(Answer)
    assert answer == Answer(1, Head(3, run.entries[-1].hash), ((1, run.entries[-1].hash),))
    listener = served.station(tenant)
    heard = listener.ask("POST", "/v1/feeds", Wanted("s1", 0), media, packed).read(Heard)
    assert [item.entry for item in heard.items] == [run.entries[0], run.entries[2]]
    assert heard.high == 2
    assert listener.ask("POST", "/v1/feeds", Wanted("", 0), media).read(Heard).items[0].entry == run.entries[1]
    listener.hang_up()


def test_long_answers_are_packed_for_who_unpacks_them(station: Station) -> None:
    station.push(sales(station.device, 400))
    plain = station.ask("POST", "/v1/feeds", Wanted("s1", 0), accept_encoding="identity, gzip;q=0")
    packed = station.ask("POST", "/v1/feeds", Wanted("s1", 0), accept_encoding="br, deflate")
    assert "content-encoding" not in plain.fields
    assert packed.fields["content-encoding"] == "deflate"
    assert int(packed.fields["content-length"]) < int(plain.fields["content-length"])
    assert packed.read(Heard) == plain.read(Heard)


def test_a_question_without_entries_says_how_far_the_service_is(station: Station) -> None:
    run = sales(station.device, 3)
    station.push(run)
    assert station.push(after(run, 3)).read(Answer).head.number == 3


def test_entries_that_do_not_follow_from_one_another_are_not_taken(station: Station) -> None:
    run = sales(station.device, 3)
    forged = Run(1, 0, run.previous, (run.entries[0], run.entries[1]._replace(actor="eve")))
    assert station.push(forged).refusal == (422, "garbled")
    assert station.push(Run(1, 0, run.previous)).read(Answer).head.number == 0


def test_nobody_listens_to_a_store_that_is_not_theirs(served: Served, tenant: str, station: Station) -> None:
    elsewhere = served.station(tenant, store="s2")
    assert elsewhere.ask("POST", "/v1/feeds", Wanted("s1", 0)).refusal == (403, "not_allowed")
    assert elsewhere.ask("POST", "/v1/hints", Places({"": 0, "s1": 0})).refusal == (403, "not_allowed")
    elsewhere.hang_up()


@pytest.mark.alone
def test_a_small_question_is_answered_in_a_moment(station: Station) -> None:
    question, times = Run(1, 0, bytes(32)), []
    for _ in range(40):
        begun = time.monotonic()
        assert station.push(question).status == 200
        times.append(time.monotonic() - begun)
    assert min(times) < 0.03, "nothing waits for an acknowledgement of the network, which takes 0.04 s"


# ---- a manager's station


@FORMATS
def test_a_station_makes_a_code_that_lets_another_one_in(
    served: Served, tenant: str, station: Station, newcomer: Station, media: str
) -> None:
    made = station.ask("POST", "/v1/codes", CodeWish("s2", "t9", made_by="mia"), media).read(Code)
    assert abs(made.expires_ms - served.service.now() - VALID_MS) < 10_000
    wish = Enrolment(made.code, newcomer.device, newcomer.public_key)
    assert newcomer.ask("POST", "/v1/enrolments", wish, media).read(Enrolled).store == "s2"


@FORMATS
def test_who_made_a_code_is_listed_and_its_letters_are_not(station: Station, media: str) -> None:
    made = station.ask("POST", "/v1/codes", CodeWish("s2", "t9", made_by="mia"), media).read(Code)
    station.ask("POST", "/v1/codes", CodeWish("s3"))
    told = station.ask("GET", "/v1/codes", media=media)
    assert {(one.store, one.made_by) for one in told.read(KnownCodes).codes} >= {("s2", "mia"), ("s3", station.device)}
    assert made.code.encode() not in told.body
    assert made.code.replace("-", "").encode() not in told.body


def test_the_same_wish_sent_twice_makes_one_code(station: Station) -> None:
    body = b'{"store":"s1"}'
    fields = station.fields("POST", "/v1/codes", body, {"content_type": JSON})
    first, again = (station.send("POST", "/v1/codes", body, fields).read(Code) for _ in range(2))
    assert first == again


@FORMATS
def test_the_stations_of_a_business_are_listed_and_nobody_elses(
    served: Served, tenant: str, station: Station, media: str
) -> None:
    served.station(served.found()).hang_up()
    station.push(sales(station.device, 2))
    (known,) = station.ask("GET", "/v1/devices", media=media).read(KnownDevices).devices
    assert (known.device, known.store, known.entries) == (station.device, "s1", 2)
    assert known.seen_ms >= known.enrolled_ms > 0


def test_a_retired_station_is_out_at_once_and_stays_in_the_list(served: Served, tenant: str, station: Station) -> None:
    other = served.station(tenant)
    assert other.push(sales(other.device, 1)).status == 200
    for _ in range(2):
        known = station.ask("DELETE", f"/v1/devices/{other.device}").read(KnownDevices).devices
        assert [bool(one.retired_ms) for one in known] == [False, True]
    assert other.push(sales(other.device, 1)).refusal == (403, "revoked")
    other.hang_up()


@FORMATS
def test_a_station_is_called_otherwise(served: Served, tenant: str, station: Station, media: str) -> None:
    other = served.station(tenant)
    path = f"/v1/devices/{other.device}"
    renamed = station.ask("PUT", path, StationFacts("Window"), media).read(KnownDevices).devices[1]
    assert (renamed.name, renamed.till) == ("Window", "")
    stranger = served.station(served.found())
    assert stranger.ask("PUT", path, StationFacts("Mine")).refusal == (404, "not_found")
    assert station.ask("GET", "/v1/devices").read(KnownDevices).devices[1] == renamed
    for one in (other, stranger):
        one.hang_up()


@FORMATS
def test_a_station_says_which_till_it_is(served: Served, tenant: str, station: Station, media: str) -> None:
    other = served.station(tenant)
    assert station.ask("PUT", "/v1/till", TillClaim("t2", 1), media).read(TillClaimed) == TillClaimed(1)
    told = other.ask("PUT", "/v1/till", TillClaim("t2", 1), media).read(TillClaimed)
    assert (told.epoch, [one.device for one in told.others]) == (2, [station.device])
    known = station.ask("GET", "/v1/devices", media=media).read(KnownDevices).devices
    assert [(one.till, one.till_ms > 0) for one in known] == [("t2", True)] * 2
    other.hang_up()


def test_nobody_retires_the_stations_of_another_business(served: Served, station: Station) -> None:
    stranger = served.station(served.found())
    assert stranger.ask("DELETE", f"/v1/devices/{station.device}").refusal == (404, "not_found")
    assert station.push(sales(station.device, 1)).status == 200
    stranger.hang_up()


# ---- what everybody may ask


@pytest.mark.parametrize(
    ("path", "holds"),
    [("/health", "It runs."), ("/ready", "It is ready."), ("/metrics", "# TYPE"), ("/openapi.json", "{")],
)
def test_what_machines_look_at_needs_no_signature(served: Served, path: str, holds: str) -> None:
    with urllib.request.urlopen(f"http://{HOST}:{served.port}{path}", timeout=20) as answer:
        assert holds in answer.read().decode()


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("GET", "/", (404, "not_found")),
        ("POST", "/v1/runs/", (404, "not_found")),
        ("GET", "/v1/runs", (405, "no_such_method")),
        ("PATCH", "/v1/devices/x", (405, "no_such_method")),
    ],
)
def test_whoever_goes_astray_is_told_so(station: Station, method: str, path: str, refusal: tuple[int, str]) -> None:
    answer = station.ask(method, path)
    assert answer.refusal == refusal
    assert "/openapi.json" in answer.failure.sentence
    assert ("allow" in answer.fields) == (refusal[0] == 405)


# ---- what is held


def forge(station: Station) -> None:
    """Tell of an owner, and of a product that nobody who works there made."""
    owner = to_json(PersonSaved("olga", Person("olga", "Olga", Role.OWNER)))
    forged = to_json(ProductsSaved("b1", (ProductEdit("bread", name="Bread"),)))
    previous, entries = GENESIS, list[Sealed]()
    for number, (kind, actor, body) in enumerate(
        [("people.saved", "olga", owner), ("catalogue.products_saved", "eve", forged)], 1
    ):
        bare = Sealed(number, number, 1_000, 0, actor, "x", kind, 1, body, b"")
        entries.append(bare._replace(hash=seal(station.device, 1, previous, bare)))
        previous = entries[-1].hash
    assert station.push(Run(1, 0, GENESIS, tuple(entries))).status == 200


def test_what_is_held_is_listed_and_released_over_the_line(served: Served, tenant: str, station: Station) -> None:
    forge(station)
    listener = served.station(tenant)
    (held,) = listener.ask("GET", "/v1/held").read(HeldEntries).entries
    assert (held.device, held.number, held.actor) == (station.device, 2, "eve")
    assert listener.ask("POST", "/v1/feeds", Wanted("", 0)).read(Heard).high == 1
    release = Decision(held.device, held.epoch, held.number, "olga")
    assert listener.ask("POST", "/v1/releases", release).read(HeldEntries).entries == ()
    assert listener.ask("POST", "/v1/releases", release).refusal == (404, "not_found")
    assert listener.ask("POST", "/v1/feeds", Wanted("", 0)).read(Heard).high == 2
    stranger = served.station(served.found())
    assert stranger.ask("GET", "/v1/held").read(HeldEntries).entries == ()
    assert stranger.ask("POST", "/v1/releases", release).refusal == (404, "not_found")
    for one in (listener, stranger):
        one.hang_up()


def test_what_is_turned_away_is_told_to_nobody_and_listed_with_who_did_it(
    served: Served, tenant: str, station: Station
) -> None:
    forge(station)
    listener = served.station(tenant)
    (held,) = listener.ask("GET", "/v1/held").read(HeldEntries).entries
    decision = Decision(held.device, held.epoch, held.number, "olga")
    found = listener.ask("POST", "/v1/refusals", decision).read(HeldEntries)
    ((entry, by, moment),) = found.turned_away
    assert (found.entries, entry, by) == ((), held, "olga")
    assert abs(moment - time.time() * 1000) < 60_000
    assert listener.ask("GET", "/v1/held").read(HeldEntries) == found
    for path in ("/v1/refusals", "/v1/releases"):
        assert listener.ask("POST", path, decision).refusal == (404, "not_found")
    assert listener.ask("POST", "/v1/feeds", Wanted("", 0)).read(Heard).high == 1
    assert 'omsdesk_held_decided_total{decision="turned_away"} 1' in listener.ask("GET", "/metrics").body.decode()
    listener.hang_up()


def test_of_a_station_that_is_let_in_no_more_a_change_can_be_turned_away_but_not_told(
    served: Served, tenant: str, station: Station
) -> None:
    forge(station)
    listener = served.station(tenant)
    assert listener.ask("DELETE", f"/v1/devices/{station.device}").status == 200
    decision = Decision(station.device, 1, 2, "olga")
    refused = listener.ask("POST", "/v1/releases", decision)
    assert refused.refusal == (404, "not_found")
    assert "turn the change away" in refused.failure.sentence
    assert listener.ask("POST", "/v1/refusals", decision).read(HeldEntries).entries == ()
    listener.hang_up()
