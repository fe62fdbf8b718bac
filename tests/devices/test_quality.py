"""The quality list of each driver: every rule is done, or the card says why it does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices import registry
from omsdesk.devices.driver import Card, Category
from omsdesk.devices.quality import DONE, RULES, left_open, rules_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", sorted(registry.cards()))
def test_each_driver_answers_every_rule(name: str) -> None:
    rules = registry.card_of(name).rules
    assert list(rules) == rules_of(registry.card_of(name))
    for rule, answer in rules.items():
        assert answer == DONE or len(answer) > 15, f"{name}: {rule} is neither done nor explained"


@pytest.mark.parametrize("name", sorted(registry.cards()))
def test_each_driver_has_tests_of_its_own(name: str) -> None:
    assert list((ROOT / "tests" / "devices" / "drivers" / name).glob("test_*.py"))


def test_the_rules_are_written_down_for_others() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [rule for rule in RULES if f"`{rule}`" not in guide] == []


def test_what_a_driver_does_not_hold_is_listed_with_its_reason() -> None:
    rules = dict.fromkeys(RULES, DONE) | {"windows": "Nobody has a PC."}
    card = Card("x", "X", Category.SCALE, (), rules=rules)
    assert left_open(card) == {"windows": "Nobody has a PC."}
    assert left_open(Card("y", "Y", Category.LABEL_PRINTER, ())).keys() == RULES.keys()
    assert RULES.keys() - left_open(Card("z", "Z", Category.SCALE, ())).keys() == {"cancel"}
