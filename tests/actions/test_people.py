"""PINs are kept as hashes, and only the right one opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions import people
from omsdesk.actions.people import hash_pin, knows_pin
from omsdesk.domain.people import Person, Role

CARA = Person("cara", "Cara", Role.CASHIER)


@pytest.fixture(scope="module")
def cara() -> Person:
    """Somebody with a PIN."""
    return replace(CARA, pin_hash=hash_pin("4711"))


def test_the_right_pin_opens_and_a_wrong_one_does_not(cara: Person) -> None:
    assert knows_pin(cara, "4711")
    for wrong in ("4712", "", "471", "47110", " 4711"):
        assert not knows_pin(cara, wrong)


def test_the_digits_are_nowhere_in_what_is_kept(cara: Person) -> None:
    assert cara.pin_hash.startswith("$argon2id$")
    assert "4711" not in cara.pin_hash.split("$")[-1]


def test_two_people_with_one_pin_have_two_hashes(cara: Person) -> None:
    assert hash_pin("4711") != cara.pin_hash


def test_who_has_left_does_not_get_in_with_the_right_pin(cara: Person) -> None:
    assert not knows_pin(replace(cara, is_active=False), "4711")


def test_without_a_pin_there_is_none_to_know() -> None:
    assert not knows_pin(CARA, "")
    assert not knows_pin(CARA, "0000")


@pytest.mark.parametrize("spoilt", ["4711", "$argon2id$", "plain text", "$argon2id$v=19$m=65536,t=3,p=4$AAAA$AAAA"])
def test_a_spoilt_hash_opens_to_nobody(spoilt: str) -> None:
    assert not knows_pin(replace(CARA, pin_hash=spoilt), "4711")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "1 23", "-123", "①②③④"])
def test_a_pin_has_four_to_eight_digits(pin: str) -> None:
    with pytest.raises(ValueError, match="four to eight digits"):
        hash_pin(pin)


def test_the_library_is_loaded_with_the_first_pin_and_not_before() -> None:
    assert people._hasher() is people._hasher()
