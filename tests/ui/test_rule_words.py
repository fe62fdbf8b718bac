"""How far somebody may do something, as people say it."""

from __future__ import annotations

import pytest

from omsdesk.actions.set_up import country_preset
from omsdesk.domain.rights import Leave, Rule
from omsdesk.ui.rule_words import percent_words, rule_words, size_words

SHOP = country_preset("GB").shop("s1", "Corner Coffee")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("sale.void", Leave.ALLOWED), "Yes"),
        (Rule("sale.void", Leave.APPROVAL), "With approval"),
        (Rule("sale.void", Leave.DENIED), "No"),
        (Rule("sale.discount", Leave.ALLOWED, 100_000), "Up to 10 %"),
        (Rule("cash.move", Leave.ALLOWED, 1_250), "Up to £12.50"),
        (Rule("return.late", Leave.ALLOWED, 1), "Up to 1 day"),
        (Rule("something.new", Leave.ALLOWED, 5), "Yes"),
    ],
)
def test_a_rule_is_said_in_the_measure_of_its_right(rule: Rule, words: str) -> None:
    assert rule_words(rule, SHOP) == words


@pytest.mark.parametrize(
    ("ppm", "words"), [(0, "0 %"), (75_000, "7.5 %"), (199_445, "20 %"), (1_000_000, "100 %"), (333_333, "33.4 %")]
)
def test_a_share_is_written_in_percent(ppm: int, words: str) -> None:
    assert percent_words(ppm, "en-GB") == words
    assert percent_words(ppm, "de-DE") == words.replace(".", ",")


def test_what_is_not_counted_has_no_size() -> None:
    assert size_words("sale.void", 5, SHOP) == size_words("something.new", 5, SHOP) == ""
    assert size_words("cash.move", 5, None) == ""
    assert size_words("return.late", 14, SHOP) == "14 days"
