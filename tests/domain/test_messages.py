"""Kinds and versions: an entry of any age is read, and one of the future says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from omsdesk.domain import messages
from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.messages import (
    AMOUNT,
    Event,
    Json,
    Refusal,
    UnknownEvent,
    current_shape,
    event,
    known_kinds,
    upcast,
)
from omsdesk.domain.values import Money
from tests.domain.golden_bodies import every_event


@pytest.fixture(scope="module", autouse=True)
def _own_kinds() -> Iterator[None]:
    """Leave no test's event behind."""
    classes, steps = dict(messages._classes), dict(messages._upcasters)
    yield
    messages._classes.clear()
    messages._classes.update(classes)
    messages._upcasters.clear()
    messages._upcasters.update(steps)


@pytest.fixture(scope="module")
def tip() -> type[Event]:
    """A kind of event that was written in two older shapes: once as text, once without a currency."""

    @event("test.tip_given", version=3)
    @dataclass(frozen=True, slots=True)
    class TipGiven(Event):
        tip: str
        amount: Money
        to: str = ""

    @upcast("test.tip_given", 1)
    def to_cents(body: dict[str, Json]) -> dict[str, Json]:
        return {"tip": body["id"], "cents": int(str(body["euros"])) * 100}

    @upcast("test.tip_given", 2)
    def to_money(body: dict[str, Json]) -> dict[str, Json]:
        return {"tip": body["tip"], "amount": [body["cents"], "EUR"], "to": body.get("to", "")}

    return TipGiven


@pytest.mark.parametrize(
    ("version", "body", "to"),
    [
        (1, b'{"id":"t1","euros":"5"}', ""),
        (2, b'{"tip":"t1","cents":500,"to":"Ann"}', "Ann"),
        (3, b'{"tip":"t1","amount":[500,"EUR"],"to":"Ann"}', "Ann"),
    ],
)
def test_an_entry_of_any_age_is_read_as_what_it_is_today(tip: type[Event], version: int, body: bytes, to: str) -> None:
    assert from_json("test.tip_given", version, body) == tip("t1", Money(500, "EUR"), to)  # type: ignore[call-arg]


def test_what_is_read_from_an_old_shape_is_written_in_the_new_one(tip: type[Event]) -> None:
    old = from_json("test.tip_given", 1, b'{"id":"t1","euros":"5"}')
    assert (old.kind, old.version) == ("test.tip_given", 3)
    assert to_json(old) == b'{"tip":"t1","amount":[500,"EUR"]}'


@pytest.mark.parametrize(("kind", "version"), [("test.tip_given", 4), ("test.never_heard_of", 1)])
def test_an_entry_of_a_newer_program_asks_for_an_update(tip: type[Event], kind: str, version: int) -> None:
    with pytest.raises(UnknownEvent, match=rf"{kind} in version {version}: update"):
        current_shape(kind, version, {})


def test_two_classes_cannot_claim_one_kind(tip: type[Event]) -> None:
    with pytest.raises(TypeError, match=r"test\.tip_given"):
        event("test.tip_given")(tip)


def test_a_fact_belongs_to_the_document_its_first_field_names(tip: type[Event]) -> None:
    assert tip("t1", Money(1, "EUR")).subject == "t1"  # type: ignore[call-arg]


# --- the product's own ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "cls"), every_event().items())
def test_every_older_version_has_a_step_to_the_next(kind: str, cls: type[Event]) -> None:
    for version in range(1, cls.version):
        assert (kind, version) in messages._upcasters


@pytest.mark.parametrize(("kind", "cls"), every_event().items())
def test_a_kind_is_a_noun_and_what_happened_to_it(kind: str, cls: type[Event]) -> None:
    noun, _, happened = kind.partition(".")
    assert noun.isidentifier()
    assert happened.isidentifier()
    assert cls.__doc__
    assert cls.kind == kind


def test_the_list_of_kinds_is_a_copy() -> None:
    known_kinds().clear()
    assert known_kinds()


def test_a_refusal_is_a_value() -> None:
    assert Refusal("Count again.") == Refusal("Count again.")


# --- refusals ---------------------------------------------------------------------------------------------------------


def test_a_refusal_is_said_with_amounts_as_people_write_them() -> None:
    refusal = Refusal(f"Take {AMOUNT} or {AMOUNT}.", (Money(1290, "EUR"), Money(500, "EUR")))
    assert refusal.sentence == "Take 12.90 EUR or 5.00 EUR."
    assert refusal.in_words(lambda money: f"{money.decimal}".replace(".", ",") + " €") == "Take 12,90 € or 5,00 €."


def test_a_refusal_without_amounts_is_its_own_sentence() -> None:
    assert Refusal("A name like {} or % stays.").in_words(str) == "A name like {} or % stays."
