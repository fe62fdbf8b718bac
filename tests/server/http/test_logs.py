"""The log says who asked for what and how it went, and holds nothing that anybody could use."""

from __future__ import annotations

import io
import json
import logging
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.server.http.limits import Limits
from omsdesk.server.http.logs import NAMES, write_logs
from omsdesk.sync.messages import Code, CodeWish, Enrolled, Enrolment
from omsdesk.sync.wire import JSON
from tests.server.http.served import Served, Station, chain, new_name
from tests.server.http.test_limits import slow_service


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service writes."""
    loggers = [logging.getLogger(name) for name in NAMES]
    before = [(one.handlers, one.propagate, one.level) for one in loggers]
    written = io.StringIO()
    write_logs(written)
    yield written
    for one, (handlers, propagate, level) in zip(loggers, before, strict=True):
        one.handlers, one.propagate = handlers, propagate
        one.setLevel(level)


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def answered(log: io.StringIO) -> dict[str, object]:
    """The line of the only request; it is written once the answer is on its way."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for line in lines(log):
            if line["message"] == "answered":
                return line
        time.sleep(0.01)
    raise AssertionError(log.getvalue())


def test_each_request_is_a_line_that_says_how_it_went(served: Served, station: Station, log: io.StringIO) -> None:
    reply = station.push(chain(station.device, "sale.started"))
    line = answered(log)
    assert line["request"] == reply.fields["request-id"]
    assert (line["level"], line["route"], line["status"], line["device"]) == ("info", "push", 200, station.device)
    assert line["tenant"]
    assert isinstance(line["bytes"], int)
    assert line["bytes"] > 50
    assert isinstance(line["ms"], float)
    assert str(line["time"]).endswith("+00:00")


def test_who_is_nobody_is_not_named_in_the_log(served: Served, log: io.StringIO) -> None:
    stranger = Station(served.port, "i-am-the-owner")
    stranger.push(chain("i-am-the-owner", "sale.started"))
    stranger.hang_up()
    answered(log)
    assert "i-am-the-owner" not in log.getvalue()
    assert '"reason": "not_enrolled"' in log.getvalue()


def test_no_secret_is_ever_written(tmp_path: Path, log: io.StringIO) -> None:
    served, database = slow_service(tmp_path / "leaky.db", Limits())
    tenant = served.found()
    manager, newcomer = served.station(tenant), Station(served.port, new_name())
    code = manager.ask("POST", "/v1/codes", CodeWish("s1", made_by="mia")).read(Code).code
    wish = Enrolment(code, newcomer.device, newcomer.public_key, "Till 2")
    assert newcomer.ask("POST", "/v1/enrolments", wish).read(Enrolled).tenant == tenant
    newcomer.ask("POST", "/v1/enrolments", Enrolment("0000-1111-2222", newcomer.device, newcomer.public_key))
    run = chain(newcomer.device, "sale.started", body=b'{"note":"4111111111111111 belongs to Ann"}')
    for media in ("application/msgpack", JSON):
        fields = newcomer.fields("POST", "/v1/runs", b"{", {"content_type": media})
        newcomer.send("POST", "/v1/runs", b"{", fields)
        newcomer.ask("POST", "/v1/runs", run, media)
        database.failure = ValueError(f"invalid value: {run.entries[0].body!r} in row 1")
        assert newcomer.ask("POST", "/v1/runs", run, media).status == 500
        database.failure = None
    signature = newcomer.fields("POST", "/v1/runs", b"")["signature"].split(":")[1]
    served.stop()
    for station in (manager, newcomer):
        station.hang_up()
    secrets = [code, code.replace("-", ""), "0000-1111-2222", "4111111111111111", "belongs to Ann", signature[:20]]
    for key in (newcomer.public_key, newcomer.secret, manager.secret):
        secrets += [key.hex(), b64encode(key).decode(), repr(key)[2:-1]]
    text = log.getvalue()
    assert len(lines(log)) > 8
    assert [secret for secret in secrets if secret in text] == []
    assert "keyid" not in text


def test_a_failure_that_nobody_expected_is_found_by_its_number(tmp_path: Path, log: io.StringIO) -> None:
    served, database = slow_service(tmp_path / "sick.db", Limits())
    station = served.station(served.found())
    database.failure = ZeroDivisionError("with words")
    reply = station.push(chain(station.device, "sale.started"))
    served.stop()
    station.hang_up()
    number = reply.fields["request-id"]
    told = [line for line in lines(log) if line.get("request") == number]
    assert [line["level"] for line in told] == ["error", "warning"]
    assert told[0]["error"] == "ZeroDivisionError"
    assert "test_limits.py" in str(told[0]["where"])
    assert "with words" not in log.getvalue()


def test_the_cause_of_a_failure_stands_in_the_log(log: io.StringIO) -> None:
    try:
        try:
            int("secret")
        except ValueError as error:
            raise OSError("more secret") from error
    except OSError:
        logging.getLogger("omsdesk.server").exception("It failed.")
    (line,) = lines(log)
    assert line["error"] == "OSError"
    assert isinstance(line["cause"], dict)
    assert line["cause"]["error"] == "ValueError"
    assert "secret" not in log.getvalue()
