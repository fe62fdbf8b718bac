"""An offer says what it gives as people here write figures."""

from __future__ import annotations

import pytest

from omsdesk.domain.promotion import Benefit, Need, Promotion, Takes, Tier
from omsdesk.domain.promotion_hints import explain
from omsdesk.domain.values import Money
from omsdesk.ui.offer_label import label_words

EIGHTH = Benefit(Takes.PERCENT, 125_000)
FIVE = Benefit(Takes.SET_PRICE, money=Money.of("5.00", "EUR"))


@pytest.mark.parametrize(("locale", "words"), [("en-GB", "−12.5 %"), ("de-DE", "−12,5 %")])
def test_a_percentage_has_the_sign_of_the_country(locale: str, words: str) -> None:
    assert label_words(explain(Promotion("p", "Offer", (Need(),), EIGHTH)), locale) == words
    steps = Promotion("p", "Offer", (Need(),), tiers=(Tier(3, EIGHTH),))
    assert label_words(explain(steps), locale) == f"from 3 {words}"


@pytest.mark.parametrize(("locale", "words"), [("en-IE", "3 for €5.00"), ("de-DE", "3 for 5,00\N{NO-BREAK SPACE}€")])
def test_an_amount_is_written_as_amounts_are(locale: str, words: str) -> None:
    assert label_words(explain(Promotion("p", "Offer", (Need(quantity=3),), FIVE)), locale) == words
