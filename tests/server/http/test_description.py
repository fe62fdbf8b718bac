"""The description says what the service does, and the service does what it says: tried with what the schemas allow.

Every request is signed by an enrolled station, so it comes through to the questions themselves.
"""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from requests.auth import AuthBase
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from omsdesk.release import VERSION
from omsdesk.server.http.limits import Limits, Rate
from omsdesk.server.http.operations import OPERATIONS
from omsdesk.sync.signing import Request, sign
from omsdesk.sync.wire import JSON, MSGPACK
from tests.server.http.served import HOST, Served, Station

CHECKS = [
    not_a_server_error,
    allow_header_conformance,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]
UNHINDERED = Limits(
    hint_time=0.01,
    per_device=Rate(1e6, 10**6),
    per_address=Rate(1e6, 10**6),
    wrong_codes_per_address=Rate(1e6, 10**6),
)


@pytest.fixture(scope="module")
def unhindered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that lets everybody ask as often as they like."""
    running = Served(tmp_path_factory.mktemp("service") / "service.db", UNHINDERED)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def signer(unhindered: Served) -> Station:
    return unhindered.station(unhindered.found())


@pytest.fixture(scope="module")
def document(unhindered: Served) -> dict[str, Any]:
    answer = requests.get(f"http://{HOST}:{unhindered.port}/openapi.json", timeout=20)
    assert answer.headers["content-type"] == JSON
    described: dict[str, Any] = answer.json()
    return described


class Signed(AuthBase):
    """Signs what requests is about to send, as it is."""

    def __init__(self, station: Station) -> None:
        self.station = station

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        url = urlsplit(request.url or "")
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        assert isinstance(body, bytes)
        target = f"{url.path}?{url.query}" if url.query else url.path
        asked = Request(request.method or "", str(target), {}, body)
        request.headers.update(sign(asked, self.station.device, self.station.secret, int(time.time())))
        return request


@schemathesis.serializer(MSGPACK)
def as_msgpack(context: object, value: object) -> bytes:
    """Write what is meant for JSON as MessagePack, where bytes are no text."""
    try:
        return msgspec.msgpack.encode(with_bytes(value))
    except (OverflowError, TypeError, ValueError):
        return b"\xc1"


def with_bytes(value: object) -> object:
    if isinstance(value, dict):
        return {name: with_bytes(one) for name, one in value.items()}
    if isinstance(value, list):
        return [with_bytes(one) for one in value]
    if isinstance(value, str) and len(value) == 44:
        try:
            return b64decode(value, validate=True)
        except ValueError:
            return value
    return value


def try_out(document: dict[str, Any], served: Served, signer: Station, mode: GenerationMode) -> set[int]:
    """Send what the schemas allow, or do not, to every question; gives the statuses that came."""
    # Signatures are made here, for each request as it is sent; what happens without one stands in test_caller.py.
    schema = schemathesis.openapi.from_dict(
        json.loads(json.dumps(document).replace('"security": [', '"x-security": ['))
    )
    statuses: set[int] = set()
    examples = settings().max_examples // 8
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()

        @settings(
            max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate],
            database=None,
        )  # fmt: skip
        @given(case=operation.as_strategy(mode))
        def story(case: Case[Any]) -> None:
            answer = case.call(f"http://{HOST}:{served.port}", auth=Signed(signer), timeout=20)
            statuses.add(answer.status_code)
            case.validate_response(answer, checks=CHECKS)

        try:
            story()
        except Exception as error:
            if type(error).__name__ != "Unsatisfiable":
                raise
    return statuses


def test_it_does_what_it_says_with_all_that_it_allows(
    document: dict[str, Any], unhindered: Served, signer: Station
) -> None:
    statuses = try_out(document, unhindered, signer, GenerationMode.POSITIVE)
    assert 200 in statuses
    assert not {401, 500} & statuses, "the signatures were good, and nothing broke"


def test_it_refuses_what_it_does_not_allow(document: dict[str, Any], unhindered: Served, signer: Station) -> None:
    statuses = try_out(document, unhindered, signer, GenerationMode.NEGATIVE)
    assert 422 in statuses
    assert 500 not in statuses


def test_every_question_is_described_with_its_refusals_and_both_formats(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == VERSION
    for operation in OPERATIONS:
        described = document["paths"][operation.path][operation.method.lower()]
        assert described["operationId"] == operation.name
        assert described["security"] == [{"signature": []}]
        assert {"200", "401", "403", "429", "503"} <= described["responses"].keys()
        for response in described["responses"].values():
            assert set(response["content"]) == {JSON, MSGPACK}
        if operation.shape:
            assert set(described["requestBody"]["content"]) == {JSON, MSGPACK}
    assert "Retry-After" in document["paths"]["/v1/runs"]["post"]["responses"]["503"]["headers"]
    assert document["components"]["securitySchemes"]["signature"]["name"] == "Signature"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
    assert named <= document["components"]["schemas"].keys()
    assert "Asked.Run" in named


def test_bounds_are_in_the_description(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Asked.Run"]["properties"]["entries"]["maxItems"] == 1000
    assert schemas["Asked.Sealed"]["prefixItems"][3] == {"type": "integer", "minimum": -1440, "maximum": 1440}
    assert "8,388,608 bytes" in document["paths"]["/v1/runs"]["post"]["description"]
