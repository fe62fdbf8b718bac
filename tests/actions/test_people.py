"""PINs are kept as hashes, and only the right one opens."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.actions import people
from omsdesk.actions.people import could_be_badge, hash_badge, hash_pin, knows_pin, whose_badge
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


BADGE = "EMP-2026-000017"


def with_badge(person: Person, code: str, *others: Person) -> Person:
    return replace(person, badge_hash=hash_badge(code, others))


def test_a_badge_is_its_owners_and_is_kept_as_a_hash() -> None:
    cara = with_badge(CARA, BADGE)
    olga = with_badge(replace(CARA, id="olga"), "EMP-2026-000018", cara)
    assert whose_badge(BADGE, (cara, olga)) == cara
    assert whose_badge("EMP-2026-000018", (cara, olga)) == olga
    assert whose_badge("EMP-2026-000019", (cara, olga)) is None
    assert BADGE not in cara.badge_hash
    assert hash_badge(BADGE, (cara,)) == cara.badge_hash, "so that two people with one badge are found out"
    assert hash_badge(BADGE, ()) != cara.badge_hash, "another business has another salt"


def test_badges_of_two_salts_are_told_apart_all_the_same() -> None:
    here, there = with_badge(CARA, BADGE), with_badge(replace(CARA, id="olga"), "EMP-2026-000018")
    assert here.badge_hash.rpartition("$")[0] != there.badge_hash.rpartition("$")[0]
    assert whose_badge("EMP-2026-000018", (here, there)) == there


def test_a_badge_that_two_people_have_is_nobodys() -> None:
    cara = with_badge(CARA, BADGE)
    assert whose_badge(BADGE, (cara, replace(cara, id="olga"))) is None


@pytest.mark.parametrize("spoilt", ["4711", "$argon2id$", "$argon2id$v=19$m=65536,t=3,p=4$A$AAAA", "$$$$$$"])
def test_a_spoilt_badge_opens_to_nobody_and_stands_in_nobodys_way(spoilt: str) -> None:
    cara = with_badge(CARA, BADGE)
    assert whose_badge(BADGE, (replace(CARA, id="olga", badge_hash=spoilt), cara)) == cara


@pytest.mark.parametrize(
    ("code", "could_be"),
    [("", False), ("1234567", False), ("12345678", False), ("123456789", True), ("EMP00123", True)],
)
def test_a_badge_is_long_enough_and_never_a_pin(code: str, could_be: bool) -> None:
    assert could_be_badge(code) is could_be
    if not could_be:
        with pytest.raises(ValueError, match="too short for a badge"):
            hash_badge(code, ())


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "1 23", "-123", "①②③④"])
def test_a_pin_has_four_to_eight_digits(pin: str) -> None:
    with pytest.raises(ValueError, match="four to eight digits"):
        hash_pin(pin)


def test_the_library_is_loaded_with_the_first_pin_and_not_before() -> None:
    assert people._hasher() is people._hasher()
