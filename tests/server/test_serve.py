"""The service as a process: one command starts it, a signal ends it, and a power cut loses nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import urllib3

from omsdesk.__main__ import FAILED, FINE, main
from omsdesk.domain.body import to_json
from omsdesk.domain.shop import Till, TillSaved
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.sync.messages import (
    COMMAND_LINE,
    Answer,
    Enrolled,
    Enrolment,
    Heard,
    KnownCodes,
    Places,
    Run,
    Wanted,
)
from tests.postgres import Postgres
from tests.server.http.served import HOST, Station, new_name, sales

ROOT = Path(__file__).resolve().parents[2]
Said = pytest.CaptureFixture[str]


@dataclass
class Running:
    """A service in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(20)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def start(folder: Path, port: int, *options: str, asked: str = HOST) -> Running:
    """Start it, and wait until it answers."""
    folder.mkdir(exist_ok=True)
    log = folder / "log"
    command = [sys.executable, "-m", "omsdesk", "--folder", str(folder), "server", "--port", str(port), *options]
    with log.open("a") as written:
        process = subprocess.Popen(command, cwd=ROOT, stderr=written, text=True)
    end = time.monotonic() + 20
    while True:
        with suppress(OSError), socket.create_connection((asked, port), timeout=1):
            return Running(process, port, log)
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end
        time.sleep(0.02)


@contextmanager
def running(folder: Path, *options: str, port: int = 0, asked: str = HOST) -> Iterator[Running]:
    one = start(folder, port or free_port(), *options, asked=asked)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()


def new_business(folder: Path, said: Said, *options: str) -> tuple[str, str]:
    """Make a business as a person does; gives its id and the code that was printed."""
    assert main(["--folder", str(folder), "server", "new-business", "The corner shop", *options]) == FINE
    told = said.readouterr().out
    return told.split("\n")[0].split()[-1], told.split("Code:")[1].split()[0]


def enrol(port: int, code: str) -> Station:
    station = Station(port, new_name())
    wish = Enrolment(code, station.device, station.public_key, "Till 1")
    station.ask("POST", "/v1/enrolments", wish).read(Enrolled)
    return station


# ---- starting and stopping


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_one_command_starts_it_and_a_signal_ends_it_well(tmp_path: Path, capsys: Said, how: signal.Signals) -> None:
    _, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        assert station.push(sales(station.device, 3)).status == 200
        assert service.end(how) == 0
        station.hang_up()
    lines = [json.loads(line) for line in service.log.read_text().splitlines()]
    assert "The service has stopped." in [line["message"] for line in lines]
    assert {line["level"] for line in lines} == {"info"}
    assert not list(tmp_path.glob("service.db-*")), "the file is whole, and nothing lies beside it"


def test_it_ends_well_while_somebody_waits(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        told: list[int] = []
        asking = threading.Thread(target=lambda: told.append(station.ask("POST", "/v1/hints", Places({"": 0})).status))
        asking.start()
        time.sleep(0.5)
        begun = time.monotonic()
        assert service.end() == 0
        assert time.monotonic() - begun < 12, "half of what a station may wait for news"
        asking.join()
        assert told == [200]
        station.hang_up()


def test_where_somebody_listens_already_it_says_so(tmp_path: Path, capsys: Said) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--folder", str(tmp_path), "server", "--port", port]) == FAILED
    assert f"Nobody can listen at 127.0.0.1, port {port} (Address already in use)" in capsys.readouterr().err


@pytest.mark.parametrize(("host", "asked"), [("::", "127.0.0.1"), ("::1", "::1"), ("localhost", "127.0.0.1")])
def test_it_listens_where_it_is_told(tmp_path: Path, host: str, asked: str) -> None:
    try:
        socket.create_server((asked, 0), family=socket.AF_INET6 if ":" in asked else socket.AF_INET).close()
    except OSError:
        pytest.skip(f"This machine has no {asked}.")
    with running(tmp_path, "--host", host, asked=asked) as service:
        pool = urllib3.HTTPConnectionPool(asked, service.port, retries=False)
        assert pool.request("GET", "/ready").status == 200
        pool.close()
        assert service.end() == 0


def test_a_certificate_that_is_not_there_is_missed(tmp_path: Path, capsys: Said) -> None:
    missing = str(tmp_path / "missing.pem")
    assert main(["--folder", str(tmp_path), "server", "--certificate", missing]) == FAILED
    assert f"There is no file {missing}" in capsys.readouterr().err


def test_a_database_that_cannot_be_opened_is_said_in_a_sentence(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.db").write_bytes(b"this is no database at all" * 100)
    monkeypatch.setenv("OMSDESK_DATABASE", str(tmp_path / "broken.db"))
    assert main(["--folder", str(tmp_path), "server", "devices", "--business", "x"]) == FAILED
    told = capsys.readouterr().err
    assert "damaged" in told
    assert "Traceback" not in told


def self_signed(folder: Path) -> Path:
    """A certificate for this machine, with its key in the same file."""
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(secret)
    return folder / "certificate.pem"


def test_it_speaks_https_by_itself(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys)
    certificate = self_signed(tmp_path)
    with running(tmp_path, "--certificate", str(certificate), "--key", str(tmp_path / "key.pem")) as service:
        station = Station(service.port, new_name())
        station.hang_up()
        station.pool = urllib3.HTTPSConnectionPool(HOST, service.port, ca_certs=str(certificate), retries=False)
        wish = Enrolment(code, station.device, station.public_key)
        let_in = station.ask("POST", "/v1/enrolments", wish).read(Enrolled)
        assert re.fullmatch(r"[0-9a-z]{16}", let_in.store), "its first station brought no shop, and got a new one"
        station.hang_up()
        with socket.create_connection((HOST, service.port)) as line, pytest.raises(ssl.SSLError):
            ssl.create_default_context().wrap_socket(line, server_hostname=HOST)
        assert service.end() == 0


def test_behind_a_proxy_that_is_trusted_everybody_has_their_own_address(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys)
    with running(tmp_path, "--proxies", HOST) as service:
        statuses = []
        for number in range(14):
            stranger = Station(service.port, new_name())
            wish = Enrolment("0000-0000-0000", stranger.device, stranger.public_key)
            named = {"x-forwarded-for": f"192.0.2.{number % 2}"} if number else {}
            statuses.append(stranger.ask("POST", "/v1/enrolments", wish, **named).status)
            stranger.hang_up()
        assert statuses == [403] * 14, "two addresses, and none has used up its ten attempts"
        station = enrol(service.port, code)
        station.hang_up()


def test_it_runs_on_postgresql(tmp_path: Path, capsys: Said, postgres: Postgres, database: str) -> None:
    url = postgres.url(database)
    assert main(["server", "--database", url, "new-business", "The corner shop", "--store", "1"]) == FINE
    code = capsys.readouterr().out.split("Code:")[1].split()[0]
    with running(tmp_path, "--database", url) as service:
        station = enrol(service.port, code)
        assert station.push(sales(station.device, 600)).read(Answer).head.number == 600
        assert heard_by(station) == list(range(1, 601))
        assert station.ask("GET", "/ready").status == 200
        assert service.end() == 0
        station.hang_up()


# ---- looking after who is let in


def test_a_code_is_for_the_only_store_there_is(tmp_path: Path, capsys: Said) -> None:
    tenant, first = new_business(tmp_path, capsys)
    code = ["--folder", str(tmp_path), "server", "code", "--business", tenant]
    with running(tmp_path) as service:
        station = Station(service.port, new_name())
        wish = Enrolment(first, station.device, station.public_key, shop="the-corner")
        assert station.ask("POST", "/v1/enrolments", wish).read(Enrolled).store == "the-corner"
        station.hang_up()
        assert main(code) == FINE
        told = capsys.readouterr().out
        assert "Store:    the-corner" in told
        assert main([*code, "--store", "the-market"]) == FINE
        enrol(service.port, capsys.readouterr().out.split("Code:")[1].split()[0]).hang_up()
        assert main(code) == FAILED
        assert "several stores: the-corner, the-market. Name one with --store." in capsys.readouterr().err
        assert service.end() == 0


def test_a_business_its_codes_and_its_stations_from_the_command_line(tmp_path: Path, capsys: Said) -> None:
    tenant, code = new_business(tmp_path, capsys, "--store", "north")
    server = ["--folder", str(tmp_path), "server"]
    with running(tmp_path) as service:
        first = enrol(service.port, code)
        assert main([*server, "code", "--business", tenant, "--store", "south"]) == FINE
        told = capsys.readouterr().out
        assert re.search(r"Code: +[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4} \(lets one station in, until 20", told)
        second = enrol(service.port, told.split("Code:")[1].split()[0])
        second.push(sales(second.device, 2))
        assert main([*server, "devices", "--business", tenant]) == FINE
        listed = capsys.readouterr().out.splitlines()
        assert listed[0].startswith(f"{first.device}  store north  Till 1  0 entries  seen ")
        assert listed[1].startswith(f"{second.device}  store south  Till 1  2 entries  seen 20")
        assert main([*server, "retire", "--business", tenant, first.device]) == FINE
        time.sleep(1)
        assert first.push(sales(first.device, 1)).refusal == (403, "revoked"), "within a second"
        assert main([*server, "retire", "--business", tenant, first.device]) == FAILED
        assert "There is no station" in capsys.readouterr().err
        assert main([*server, "devices", "--business", "nobody"]) == FAILED
        assert "There is no business nobody." in capsys.readouterr().err
        for station in (first, second):
            station.hang_up()


def tills_told(station: Station, *tills: Till) -> Run:
    """What a station tells that set tills up."""
    previous, entries = GENESIS, []
    for number, till in enumerate(tills, 1):
        body = to_json(TillSaved(till.id, till))
        bare = Sealed(number, number, 1_000, 0, "ann", till.id, TillSaved.kind, TillSaved.version, body, b"")
        entries.append(bare._replace(hash=seal(station.device, 1, previous, bare)))
        previous = entries[-1].hash
    return Run(1, 0, GENESIS, tuple(entries))


def test_a_code_is_for_a_till_that_there_is(tmp_path: Path, capsys: Said) -> None:
    _, first = new_business(tmp_path, capsys, "--store", "north")
    code = ["--folder", str(tmp_path), "server", "code"]
    with running(tmp_path) as service:
        station = enrol(service.port, first)
        assert main([*code, "--till", "1"]) == FAILED
        assert "No till of this store is known yet. Leave --till out" in capsys.readouterr().err
        tills = [
            Till("id-1", "north", "1", "Front"),
            Till("id-2", "north", "2", "Bar"),
            Till("id-3", "south", "3", "x"),
        ]
        assert station.push(tills_told(station, *tills)).status == 200
        assert main([*code, "--till", "7"]) == FAILED
        assert capsys.readouterr().err == "There is no till 7. These are here:\n  id-1  1  Front\n  id-2  2  Bar\n"
        assert main([*code, "--till", "3"]) == FAILED, "that one stands in another store"
        capsys.readouterr()
        for named in ("id-2", "2", "Bar"):
            assert main([*code, "--till", named]) == FINE
            made = capsys.readouterr().out.split("Code:")[1].split()[0]
            newcomer = Station(service.port, new_name())
            wish = Enrolment(made, newcomer.device, newcomer.public_key)
            assert newcomer.ask("POST", "/v1/enrolments", wish).read(Enrolled).till == "id-2"
            newcomer.hang_up()
        known = station.ask("GET", "/v1/codes").read(KnownCodes).codes
        assert {one.made_by for one in known} == {COMMAND_LINE}
        assert service.end() == 0
        station.hang_up()


# ---- the power goes


def push_until_it_breaks(station: Station, run: Run, acknowledged: list[int]) -> None:
    """Send runs of one to three entries as fast as it goes; note what was acknowledged."""
    taken = acknowledged[-1] if acknowledged else 0
    while taken < len(run.entries):
        count = 1 + taken % 3
        previous = run.entries[taken - 1].hash if taken else run.previous
        part = Run(1, taken, previous, run.entries[taken : taken + count])
        try:
            reply = station.push(part)
        except (urllib3.exceptions.HTTPError, OSError):
            return
        if reply.status == 200:
            taken = reply.read(Answer).head.number
            acknowledged.append(taken)


def test_killing_it_during_pushes_loses_nothing_that_was_acknowledged(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys, "--store", "1")
    port, acknowledged = free_port(), [0]
    with running(tmp_path, port=port) as service:
        station = enrol(port, code)
        assert service.end() == 0
    run = sales(station.device, 4_000)
    for kill in range(10):
        with running(tmp_path, port=port) as service:
            head = station.push(Run(1, 0, run.previous)).read(Answer).head
            assert head.number >= acknowledged[-1]
            assert head.hash == (run.entries[head.number - 1].hash if head.number else run.previous)
            acknowledged.append(head.number)
            pushing = threading.Thread(target=push_until_it_breaks, args=(station, run, acknowledged))
            pushing.start()
            time.sleep(0.05 + 0.031 * kill)
            service.process.kill()
            service.process.wait()
            pushing.join(30)
            station.hang_up()
    assert acknowledged[-1] > 10, "something was pushed between the kills"
    with running(tmp_path, port=port) as service:
        assert heard_by(station)[: acknowledged[-1]] == list(range(1, acknowledged[-1] + 1)), (
            "each of them once, in order"
        )
        assert service.end() == 0
    station.hang_up()


def heard_by(station: Station) -> list[int]:
    """All numbers of the feed of the store."""
    heard, digest, high = list[int](), GENESIS, 1
    while len(heard) < high:
        told = station.ask("POST", "/v1/feeds", Wanted("1", len(heard), digest)).read(Heard)
        heard += [item.number for item in told.items]
        digest, high = told.digest, told.high
    return heard


def test_the_environment_names_the_database(tmp_path: Path) -> None:
    place = tmp_path / "elsewhere" / "cloud.db"
    told = subprocess.run(
        [sys.executable, "-m", "omsdesk", "server", "new-business", "Shop"],
        cwd=ROOT,
        env=os.environ | {"OMSDESK_DATABASE": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.startswith("Business: ")
    assert place.exists()


def test_the_only_business_need_not_be_named_and_an_unknown_one_makes_no_codes(tmp_path: Path, capsys: Said) -> None:
    def said(*task: str) -> tuple[int, str]:
        code = main(["--folder", str(tmp_path), "server", *task])
        told = capsys.readouterr()
        return code, told.out + told.err

    assert said("code") == (FAILED, "There is no business yet. “omsdesk server new-business NAME” makes one.\n")
    tenant, _ = new_business(tmp_path, capsys)
    assert said("devices") == (FINE, "No station is enrolled.\n")
    code, told = said("code")
    assert (code, "Code:" in told) == (FINE, True)
    code, told = said("code", "--business", "nonsense")
    assert code == FAILED
    assert told.startswith("There is no business nonsense.")
    assert f"  {tenant}  The corner shop" in told
    code, told = said("code", "--device", "zzz")
    assert (code, told.startswith("There is no station zzz")) == (FAILED, True)
    new_business(tmp_path, capsys)
    code, told = said("devices")
    assert (code, told.startswith("There are several businesses.")) == (FAILED, True)
