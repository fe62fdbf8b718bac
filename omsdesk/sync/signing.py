"""Signatures of requests, made and checked: HTTP Message Signatures (RFC 9421) with Ed25519.

A signature covers method, path, query and, through its digest (RFC 9530), the body as it travels, after compression.
There is no nonce: what is asked twice within the time that a signature is valid is done once.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass

LABEL = "station"
COVERED = ("@method", "@path", "@query", "content-digest")
"""What a signature has to cover. Not the host: what passes requests on may name the service otherwise."""
TOLERANCE_SECONDS = 300

_PARAMETERS = r'(?P<covered>\((?:"[^"\s]*"(?: "[^"\s]*")*)?\));created=(?P<created>\d{1,12});keyid="(?P<key>[^"\\]*)"'
_ALGORITHM = r'(?:;alg="ed25519")?'
_PRINTABLE = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*\Z")


class BadSignature(ValueError):
    """A request that nobody signed, or that is not what was signed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed of a request. ``target`` is path and query; the names of ``fields`` are in small letters."""

    method: str
    target: str
    fields: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the header of a request says of its signature; true only once ``verify`` was content."""

    key: str
    created: int
    covered: tuple[str, ...]
    parameters: str
    signature: bytes

    def is_timely(self, now: float) -> bool:
        """Tell whether it was made about now, by the clock of whoever asks, in seconds since 1970."""
        return abs(self.created - now) <= TOLERANCE_SECONDS


def content_digest(body: bytes) -> str:
    """Write the Content-Digest of a body."""
    return f"sha-256=:{b64encode(hashlib.sha256(body).digest()).decode()}:"


def parameters_of(covered: tuple[str, ...], created: int, key: str) -> str:
    """Write the parameters of a signature as they are signed and sent.

    Raises:
        ValueError: the key's name cannot stand in a header.

    """
    if not _PRINTABLE.match(key):
        raise ValueError("The name of a key has plain letters only.")
    names = " ".join(f'"{name}"' for name in covered)
    return f'({names});created={created};keyid="{key}"'


def signature_base(request: Request, covered: tuple[str, ...], parameters: str) -> bytes:
    """Write what is signed (RFC 9421, section 2.5).

    Raises:
        BadSignature: the request lacks something that is to be covered, or it is covered twice.

    """
    if len(set(covered)) != len(covered):
        raise BadSignature("Something is signed twice.")
    lines = [f'"{name}": {_component(request, name)}' for name in covered]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("latin-1", "replace")


def _component(request: Request, name: str) -> str:
    path, mark, query = request.target.partition("?")
    match name:
        case "@method":
            return request.method
        case "@path":
            return path or "/"
        case "@query":
            return "?" + query if mark else "?"
        case "@authority":
            return _field(request, "host").lower()
        case _ if name.startswith("@"):
            raise BadSignature(f"{name} cannot be signed here.")
        case _:
            return _field(request, name)


def _field(request: Request, name: str) -> str:
    value = request.fields.get(name)
    if value is None or "\n" in value:
        raise BadSignature(f"The request lacks {name}, which is signed.")
    return value.strip(" \t")


def sign(request: Request, key: str, secret: bytes, created: int) -> dict[str, str]:
    """Make the header fields that sign a request: digest, parameters and signature.

    ``secret`` is the private key, 32 bytes; ``created`` the moment in seconds since 1970, by the service's clock.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    digest = content_digest(request.body)
    whole = Request(request.method, request.target, {**request.fields, "content-digest": digest}, request.body)
    parameters = parameters_of(COVERED, created, key)
    signature = Ed25519PrivateKey.from_private_bytes(secret).sign(signature_base(whole, COVERED, parameters))
    return {
        "content-digest": digest,
        "signature-input": f"{LABEL}={parameters}",
        "signature": f"{LABEL}=:{b64encode(signature).decode()}:",
    }


def claim_of(fields: Mapping[str, str], label: str = LABEL) -> Claim:
    """Read who claims to have signed, and when; ``verify`` then tells whether it is so.

    Raises:
        BadSignature: there is no signature of ours.

    """
    place = rf"(?:^|,)\s*{re.escape(label)}="
    found = re.search(place + f"(?P<all>{_PARAMETERS}{_ALGORITHM})" + r"\s*(?:,|$)", fields.get("signature-input", ""))
    sealed = re.search(place + r":([A-Za-z0-9+/]{86}==):\s*(?:,|$)", fields.get("signature", ""))
    if not found or not sealed:
        raise BadSignature("The request is not signed.")
    covered = tuple(re.findall(r'"([^"]*)"', found["covered"]))
    return Claim(found["key"], int(found["created"]), covered, found["all"], b64decode(sealed[1]))


def verify(claim: Claim, request: Request, public_key: bytes, needed: tuple[str, ...] = COVERED) -> None:
    """Make sure that the owner of a key signed this request, and all of it that is ``needed``.

    Raises:
        BadSignature: they did not, or the key is no key.

    """
    if not set(needed) <= set(claim.covered):
        raise BadSignature("The signature does not cover the whole request.")
    if "content-digest" in claim.covered and request.fields.get("content-digest") != content_digest(request.body):
        raise BadSignature("The body is not the one that was signed.")
    _check(public_key, claim.signature, signature_base(request, claim.covered, claim.parameters))


def _check(public_key: bytes, signature: bytes, signed: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise BadSignature("The signature is not that of this key.") from None
