"""Rules for goods as they are typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.embedded_code import REGIONS, EmbeddedCode
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.modifier import ModifierGroup
from omsdesk.domain.shop import Shop
from omsdesk.domain.traits import StockPolicy
from omsdesk.ui.settings.goods_rules import group_text, groups, masks, problems, trial, usual
from omsdesk.ui.settings.shop_draft import draft_of, shop_of

OWN = EmbeddedCode("22IIIIIWWWWW", 3)
SHOP = Shop("s1", "Kontor", "EUR", "DE", "de-DE", goods=GoodsPolicy(StockPolicy.WARN, 30, 5), embedded_codes=(OWN,))


def test_rules_go_through_the_settings_unharmed() -> None:
    draft = draft_of(SHOP)
    assert (draft.sold_out, draft.clearly_over, draft.expiry_days, draft.masks) == ("warn", "30", "5", "22IIIIIWWWWW 3")
    assert problems(draft) == {}
    made = shop_of(draft, SHOP)
    assert (made.goods, made.embedded_codes) == (SHOP.goods, SHOP.embedded_codes)
    empty = shop_of(replace(draft, clearly_over="", expiry_days="", masks=""), SHOP)
    assert (empty.goods, empty.embedded_codes) == (GoodsPolicy(StockPolicy.WARN, 0, 0), ())


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("clearly_over", "old", "Type an age"),
        ("expiry_days", "400", "a number of days"),
        ("masks", "22IIIICPPPPP", "Type the decimals"),
        ("masks", "99IIIICPPPPP 2", "begins with 2"),
    ],
)
def test_what_cannot_be_meant_is_asked_about(field: str, text: str, said: str) -> None:
    found = problems(replace(draft_of(SHOP), **{field: text}))  # type: ignore[arg-type]  # its text fields
    assert said in found[field]


def test_masks_are_read_in_small_letters_and_once() -> None:
    assert masks("22iiiiiwwwww 3\n\n22IIIIIWWWWW 3") == (OWN,)


def test_a_number_is_tried_while_it_is_typed() -> None:
    draft = draft_of(SHOP)
    assert trial(" ", draft, SHOP) == ""
    assert trial("2200123003508", draft, SHOP).startswith(
        "Item 00123, 0.35 kg. The product has 123 as SKU, or 2200123000002"
    )
    assert "No mask fits" in trial("4006381333931", draft, SHOP)
    assert "Put the masks right" in trial("2200123003508", replace(draft, masks="?"), SHOP)


def test_what_is_usual_in_a_country_is_told() -> None:
    assert REGIONS["DE"][0].mask in usual("DE")
    assert "no usual masks" in usual("JP")


def test_groups_of_extras_are_read_and_written() -> None:
    text = "Milk 0-1: OAT, SOY\nSize (cup) 1-1: S,L"
    made = groups(text)
    assert made == (ModifierGroup("Milk", ("OAT", "SOY")), ModifierGroup("Size (cup)", ("S", "L"), 1, 1))
    assert groups("\n".join(map(group_text, made))) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Milk", "type a name"),
        ("Milk 0-1:", "type a name"),
        ("Milk 2-1: A", "the least"),
        ("Milk 0-0: A", "the least"),
        ("Milk 0-1: A\nMilk 0-1: B", "two groups"),
    ],
)
def test_groups_that_cannot_be_meant_are_asked_about(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        groups(text)
    assert said in problems(replace(draft_of(SHOP), extras=text))["extras"]


def test_what_is_made_in_the_kitchen_is_said_by_category() -> None:
    draft = replace(draft_of(SHOP), kitchen=" Hot drinks \n\nFood\nhot drinks")
    made = shop_of(draft, SHOP).goods
    assert made.kitchen == ("hot drinks", "Food")
    assert made.is_made_in_kitchen("HOT DRINKS")
    assert not made.is_made_in_kitchen("Equipment")
    assert draft_of(shop_of(draft, SHOP)).kitchen == "hot drinks\nFood"
