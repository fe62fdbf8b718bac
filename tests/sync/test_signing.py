"""Signatures: those of the standard's own example, and none that survives a change of anything it covers."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.sync.signing import (
    COVERED,
    BadSignature,
    Request,
    claim_of,
    content_digest,
    parameters_of,
    sign,
    signature_base,
    verify,
)

# RFC 9421, appendices B.1.4 (the key), B.2 (the request) and B.2.6 (its signature).
RFC_SECRET = urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU=")
RFC_PUBLIC = urlsafe_b64decode("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs=")
RFC_COVERED = ("date", "@method", "@path", "@authority", "content-type", "content-length")
RFC_REQUEST = Request(
    "POST",
    "/foo?param=Value&Pet=dog",
    {
        "host": "example.com",
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "content-type": "application/json",
        "content-length": "18",
        "signature-input": 'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length")'
        ';created=1618884473;keyid="test-key-ed25519"',
        "signature": "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1"
        "u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    },
    b'{"hello": "world"}',
)
RFC_BASE = b"""\
"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
;created=1618884473;keyid="test-key-ed25519\""""

SECRET = b"\x01" * 32
PUBLIC = Ed25519PrivateKey.from_private_bytes(SECRET).public_key().public_bytes_raw()
NOW = 1_790_000_000


def signed(body: bytes = b"three sales", target: str = "/v1/runs?of=today") -> Request:
    bare = Request("POST", target, {"content-type": "application/msgpack"}, body)
    return replace(bare, fields={**bare.fields, **sign(bare, "till-1", SECRET, NOW)})


def check(request: Request, public_key: bytes = PUBLIC) -> None:
    verify(claim_of(request.fields), request, public_key)


def test_the_standards_own_signature_holds() -> None:
    claim = claim_of(RFC_REQUEST.fields, "sig-b26")
    assert (claim.key, claim.created, claim.covered) == ("test-key-ed25519", 1618884473, RFC_COVERED)
    assert signature_base(RFC_REQUEST, claim.covered, claim.parameters) == RFC_BASE
    verify(claim, RFC_REQUEST, RFC_PUBLIC, needed=RFC_COVERED)


def test_the_standards_own_signature_is_the_one_that_its_key_makes() -> None:
    parameters = parameters_of(RFC_COVERED, 1618884473, "test-key-ed25519")
    key = Ed25519PrivateKey.from_private_bytes(RFC_SECRET)
    assert key.public_key().public_bytes_raw() == RFC_PUBLIC
    made = key.sign(signature_base(RFC_REQUEST, RFC_COVERED, parameters))
    assert made == claim_of(RFC_REQUEST.fields, "sig-b26").signature


def test_the_standards_own_digest_is_ours() -> None:
    # RFC 9530, appendix B.1: the body of its examples with its line feed.
    assert content_digest(b'{"hello": "world"}\n') == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def test_a_signed_request_is_its_owners() -> None:
    request = signed()
    claim = claim_of(request.fields)
    assert (claim.key, claim.created, claim.covered) == ("till-1", NOW, COVERED)
    verify(claim, request, PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "DELETE"},
        {"target": "/v1/feeds?of=today"},
        {"target": "/v1/runs?of=tomorrow"},
        {"target": "/v1/runs"},
        {"target": "/v1/runs?"},
        {"body": b"four sales"},
        {"body": b""},
    ],
)
def test_nothing_that_is_covered_can_change(change: dict[str, str]) -> None:
    with pytest.raises(BadSignature):
        check(replace(signed(), **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("signature-input", str(NOW), str(NOW + 1)),
        ("signature-input", "till-1", "till-2"),
        ("signature-input", ' "@query"', ""),
        ("signature-input", ' "content-digest"', ""),
        ("signature-input", '"@method" "@path"', '"@path" "@method"'),
        ("signature-input", '"@method"', '"@method" "@method"'),
        ("signature-input", '"@method"', '"@method" "@status"'),
        ("signature-input", '"@method"', '"@method" "absent"'),
        ("signature-input", "station=", "other="),
        ("signature-input", ';keyid="', ';alg="none";keyid="'),
        ("signature", "station=:", "station=:A"),
        ("signature", "station=", "other="),
        ("content-digest", "sha-256", "sha-512"),
    ],
)
def test_no_part_of_the_signature_can_change(field: str, before: str, after: str) -> None:
    request = signed()
    assert before in request.fields[field]
    with pytest.raises(BadSignature):
        check(replace(request, fields={**request.fields, field: request.fields[field].replace(before, after)}))


def test_a_body_with_a_digest_of_its_own_is_not_the_one_that_was_signed() -> None:
    request = signed()
    fields = {**request.fields, "content-digest": content_digest(b"four sales")}
    with pytest.raises(BadSignature):
        check(replace(request, fields=fields, body=b"four sales"))


@pytest.mark.parametrize("field", ["signature-input", "signature", "content-digest"])
def test_without_one_of_its_fields_a_request_is_not_signed(field: str) -> None:
    request = signed()
    with pytest.raises(BadSignature):
        check(replace(request, fields={name: value for name, value in request.fields.items() if name != field}))


@pytest.mark.parametrize("key", [b"\x02" * 32, bytes(32), b"", b"short", RFC_PUBLIC])
def test_another_key_proves_nothing(key: bytes) -> None:
    with pytest.raises(BadSignature):
        check(signed(), key)


def test_signatures_of_others_on_the_way_do_not_matter() -> None:
    request = signed()
    fields = dict(request.fields)
    fields["signature-input"] = f'proxy=("@method");created=1;keyid="p", {fields["signature-input"]}'
    fields["signature"] = f"proxy=:AAAA:, {fields['signature']}"
    check(replace(request, fields=fields))


def test_a_signature_is_of_its_time() -> None:
    claim = claim_of(signed().fields)
    assert [claim.is_timely(NOW + late) for late in (-301, -300, 0, 300, 301)] == [False, True, True, True, False]


@pytest.mark.parametrize("key", ['till"1', "till\\1", "till\n1", "tíll"])
def test_a_name_that_would_break_the_header_is_not_written(key: str) -> None:
    with pytest.raises(ValueError, match="plain letters"):
        sign(Request("GET", "/", {}), key, SECRET, NOW)


def test_a_path_and_a_query_that_are_empty_are_written_as_the_standard_says() -> None:
    assert signature_base(Request("GET", "", {}), ("@path", "@query"), "()").startswith(b'"@path": /\n"@query": ?\n')


@given(st.text(), st.text())
def test_no_header_whatever_brings_the_service_down(parameters: str, signature: str) -> None:
    with pytest.raises(BadSignature):
        check(Request("POST", "/", {"signature-input": parameters, "signature": signature}, b""))


@given(st.binary(), st.sampled_from(["/v1/runs", "/v1/devices/till-2", "/?a=1?b"]))
def test_whatever_is_signed_can_be_checked(body: bytes, target: str) -> None:
    check(signed(body, target))
