"""Facts are written as JSON and read back for ever."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.body import from_body, from_json, to_body, to_json
from omsdesk.domain.cash import ShiftClosed
from omsdesk.domain.catalogue import ProductEdit
from omsdesk.domain.messages import Event
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.records import stated
from omsdesk.domain.sale import LineAdded, SaleStarted
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.values import Money, Quantity, Stamp
from tests.domain.golden_bodies import GOLDEN, bare, every_event, explicit, full, golden_file, golden_of, is_kept

EVENTS = every_event()
FILES = sorted(GOLDEN.glob("*.json"))
texts = st.text(max_size=8)
simple: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    Money: st.builds(Money, st.integers(), st.sampled_from(["EUR", "JPY", "KWD"])),
    Quantity: st.builds(Quantity, st.integers()),
    Stamp: st.builds(Stamp, st.integers(0, 2**47), st.integers(-720, 840)),
}


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Make any value that a type annotation allows."""
    if hint in simple:
        return simple[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: anything(hints[field.name]) for field in stated(hint)})
    if get_origin(hint) is tuple:
        return st.lists(anything(get_args(hint)[0]), max_size=2).map(tuple)
    assert get_origin(hint) in (Union, types.UnionType), hint
    return st.none() | anything(next(arg for arg in get_args(hint) if arg is not type(None)))


# --- there and back ---------------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.data())
def test_every_fact_is_read_back_as_it_was_written(data: st.DataObject) -> None:
    for kind, cls in EVENTS.items():
        fact: Event = data.draw(anything(cls))
        written = to_json(fact)
        assert from_json(kind, cls.version, written) == fact
        assert to_json(fact) == written


@pytest.mark.parametrize("kind", EVENTS)
def test_full_and_bare_facts_are_read_back(kind: str) -> None:
    cls = EVENTS[kind]
    for fact in (full(cls), bare(cls)):
        assert from_json(kind, cls.version, to_json(fact)) == fact


def test_a_field_that_holds_its_default_is_left_out() -> None:
    fact = SaleStarted("s", "t", "sh", "GBP", TaxTerms())
    assert json.loads(to_json(fact)) == {"sale": "s", "till": "t", "shift": "sh", "currency": "GBP", "terms": {}}


def test_what_was_said_and_what_was_not_stay_apart() -> None:
    edit = ProductEdit("p", name="", price=None, is_sold=False)
    assert to_body(edit) == {"product": "p", "name": "", "is_sold": False}
    assert from_body(ProductEdit, {"product": "p", "barcodes": []}).said == ("barcodes",)


def test_money_quantities_and_moments_are_whole_numbers() -> None:
    body = to_body(full(LineAdded))
    assert body["row"]["quantity"] == 1_500_000  # type: ignore[index, call-overload]
    assert body["row"]["open_price"] == [1234, "EUR"]  # type: ignore[index, call-overload]
    assert to_body(full(ShiftClosed))["at"] == [1_795_435_200_123, 60]


def test_a_fact_is_written_without_a_space_and_in_its_own_letters() -> None:
    written = to_json(LineAdded("s", full(LineAdded).row))
    assert b": " not in written
    assert "žluťoučký".encode() in to_json(SaleStarted("žluťoučký", "t", "sh", "CZK", TaxTerms()))


def test_a_member_that_nobody_knows_any_more_is_passed_over() -> None:
    fact = from_json("print.noted", 1, b'{"job":"j","state":"printed","colour":"red"}')
    assert to_body(fact) == {"job": "j", "state": "printed"}


def test_choices_are_written_by_their_value() -> None:
    @dataclass(frozen=True)
    class Choice:
        paper: Paper

    assert to_body(Choice(Paper.PDF)) == {"paper": "pdf"}


def test_a_fact_cannot_hold_what_nobody_can_read() -> None:
    @dataclass(frozen=True)
    class Odd:
        weight: float

    with pytest.raises(TypeError, match="cannot hold a <class 'float'>"):
        to_body(Odd(1.5))


# --- for ever ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", EVENTS)
def test_every_kind_and_version_has_its_example_on_file(kind: str) -> None:
    cls = EVENTS[kind]
    missing = [v for v in range(1, cls.version + 1) if not golden_file(kind, v).exists()]
    assert not missing, "run python -m tests.domain.golden_bodies"
    assert json.loads(golden_file(kind, cls.version).read_text("utf-8")) == golden_of(cls), (
        "its shape has changed: a new field needs a default and its place in the example, "
        "any other change a new version and an up-caster"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("which", ["full", "bare"])
def test_what_was_ever_written_is_still_read_and_means_the_same(file: Any, which: str) -> None:
    kind, _, version = file.stem.rpartition(".v")
    golden = json.loads(file.read_text("utf-8"))
    fact = from_json(kind, int(version), json.dumps(golden[which]).encode())
    if int(version) == fact.version:
        assert is_kept(golden[f"{which}_means"], explicit(fact))


def test_no_example_is_left_of_a_kind_that_is_gone() -> None:
    assert {file.stem.rpartition(".v")[0] for file in FILES} == set(EVENTS), "a kind that was ever written stays known"


def test_the_examples_leave_no_field_at_its_default() -> None:
    for cls in EVENTS.values():
        body = to_body(full(cls))
        assert [field.name for field in fields(cls)] == list(body)
        least = {field.name for field in fields(cls) if field.default is MISSING}
        assert set(to_body(bare(cls))) == least


@pytest.mark.parametrize(
    ("new", "is_same"),
    [
        ({"a": 1, "b": [{"c": "x"}]}, True),
        ({"a": 1, "b": [{"c": "x", "d": 2}], "e": 0}, True),
        ({"a": 2, "b": [{"c": "x"}]}, False),
        ({"a": 1, "b": [{"d": "x"}]}, False),
        ({"a": 1, "b": []}, False),
        ({"a": 1}, False),
    ],
)
def test_an_example_may_grow_and_not_change(new: object, is_same: bool) -> None:
    assert is_kept({"a": 1, "b": [{"c": "x"}]}, new) is is_same
