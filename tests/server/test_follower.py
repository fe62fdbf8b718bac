"""The process that keeps the service's tables: it follows by itself, makes copies when asked, and may be killed."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import urllib3

from omsdesk.server.http.operations import WORTH_A_COPY
from omsdesk.server.replicas import folder_of
from omsdesk.store.engine import open_reader
from omsdesk.sync.messages import Part, PartWish
from omsdesk.sync.scopes import HEAD_OFFICE
from tests.patience import until
from tests.server.http.served import HOST, Station, after, sales
from tests.server.test_serve import Running, enrol, new_business, running

Said = pytest.CaptureFixture[str]


def metrics(service: Running) -> str:
    return urllib3.request("GET", f"http://{HOST}:{service.port}/metrics").data.decode()


def lag(service: Running) -> int:
    found = re.search(r"^omsdesk_feed_lag_entries (\d+)$", metrics(service), re.MULTILINE)
    assert found
    return int(found[1])


def entries(folder: Path, tenant: str) -> int:
    path = folder_of(folder / "service-tables", tenant, HEAD_OFFICE) / "tables.db"
    if not path.exists():
        return 0
    with closing(open_reader(path)) as reader, suppress(sqlite3.OperationalError):
        return int(reader.value("SELECT count(*) FROM journal"))
    return 0


def children(service: Running) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(service.process.pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def copy(station: Station) -> Part | None:
    reply = station.ask("POST", "/v1/snapshots", PartWish())
    if reply.status == 503:
        assert "retry-after" in {name.lower() for name in reply.fields}
        return None
    return reply.read(Part)


def test_the_tables_follow_what_is_pushed(tmp_path: Path, capsys: Said) -> None:
    tenant, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        run = sales(station.device, 40)
        assert station.push(run).status == 200
        until(lambda: entries(tmp_path, tenant) == len(run.entries))
        until(lambda: lag(service) == 0)
        station.hang_up()
        (child,) = children(service)
        assert service.end() == 0
        until(lambda: not Path(f"/proc/{child}").exists())


def test_a_copy_is_made_for_who_asks(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        station.push(sales(station.device, 5))
        assert station.ask("POST", "/v1/snapshots", PartWish()).refusal == (404, "no_copy"), "it is heard as quickly"
        whole = sales(station.device, WORTH_A_COPY + 1)
        for taken in range(5, WORTH_A_COPY + 1, 500):
            rest = after(whole, taken)
            assert station.push(replace(rest, entries=rest.entries[:500])).status == 200
        until(lambda: copy(station))
        part = copy(station)
        assert part is not None
        assert part.content.startswith(b"SQLite format 3\0")
        assert len(part.content) == min(part.size, 2 * 1024 * 1024)
        station.hang_up()


def test_it_is_started_again_when_it_dies_and_ends_when_the_service_does(tmp_path: Path, capsys: Said) -> None:
    tenant, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        until(lambda: children(service))
        (first,) = children(service)
        os.kill(first, signal.SIGKILL)
        run = sales(station.device, 10)
        station.push(run)
        until(lambda: entries(tmp_path, tenant) == len(run.entries))
        (second,) = children(service)
        assert second != first
        station.hang_up()
        service.process.kill()
        until(lambda: not Path(f"/proc/{second}").exists())


def test_a_service_without_tables_says_that_it_makes_no_copies(tmp_path: Path, capsys: Said) -> None:
    _, code = new_business(tmp_path, capsys)
    with running(tmp_path, "--without-tables") as service:
        station = enrol(service.port, code)
        reply = station.ask("POST", "/v1/snapshots", PartWish())
        assert reply.refusal == (404, "no_copy")
        assert children(service) == []
        station.hang_up()


def test_damaged_tables_are_made_anew_and_counted(tmp_path: Path, capsys: Said) -> None:
    tenant, code = new_business(tmp_path, capsys)
    with running(tmp_path) as service:
        station = enrol(service.port, code)
        station.push(sales(station.device, 10))
        until(lambda: entries(tmp_path, tenant) == 10)
        station.hang_up()
        assert service.end() == 0
    tables = folder_of(tmp_path / "service-tables", tenant, HEAD_OFFICE) / "tables.db"
    tables.write_bytes(b"nonsense" * 1_000)
    with running(tmp_path) as service:
        until(lambda: "omsdesk_tables_damaged_total 1" in metrics(service))
        until(lambda: entries(tmp_path, tenant) == 10)
