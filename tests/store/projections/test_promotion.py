"""Promotions as rows: merged field by field, an offer whole, the same at every station."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

from omsdesk.domain.people import NotAllowed
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion, said_of_edit
from omsdesk.store.queries.promotion import promotion, promotions
from omsdesk.store.replay import rebuild
from omsdesk.ui.sync.value_words import field_words, value_words
from tests.domain.corner_shop import gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station
from tests.stories.master_data import TENTH, Office, exchange_all, picture, three_offices

COFFEE = Selection(products=("coffee",))
FREE, HALF = Benefit(Takes.PERCENT, 1_000_000), Benefit(Takes.PERCENT, 500_000)
OFFERED = Promotion(
    "o1", "3 for 2", (Need(COFFEE, 2, is_reduced=False), Need(COFFEE)), FREE, priority=3, valid_from="2026-12-01",
    valid_to="2026-12-24", stores=("s1",),
)  # fmt: skip


def known(till: Station, id: str = "o1") -> Promotion:
    found = promotion(till.database.writer, id)
    assert found is not None
    return found[0]


def test_what_is_saved_is_found_again(till: Station, rows: Rows) -> None:
    till.do(SavePromotion(OFFERED), actor="max")
    assert known(till) == OFFERED
    assert promotions(till.database.writer) == [OFFERED]
    columns = "valid_from, valid_to, priority, is_active, revision, position > 0"
    assert rows(f"SELECT {columns} FROM promotion") == [("2026-12-01", "2026-12-24", 3, 1, 1, 1)]  # noqa: S608
    till.do(SavePromotion(replace(OFFERED, is_active=False)), actor="max")
    assert rows(f"SELECT {columns} FROM promotion") == [("2026-12-01", "2026-12-24", 3, 0, 2, 1)]  # noqa: S608


def test_the_position_rises_with_every_change(till: Station, rows: Rows) -> None:
    seen = []
    for name in ("One", "Two", "Three"):
        till.do(SavePromotion(replace(OFFERED, name=name)))
        seen += rows("SELECT max(position) FROM promotion")
    assert seen == sorted(set(seen))


def test_a_cashier_makes_none(till: Station) -> None:
    assert isinstance(till.refusal(SavePromotion(OFFERED), actor="cara"), NotAllowed)


def test_what_is_not_whole_is_refused_and_saying_nothing_new_leaves_no_entry(till: Station) -> None:
    assert "Type a name" in till.refusal(SavePromotion(replace(OFFERED, name=""))).sentence
    till.do(SavePromotion(OFFERED))
    assert till.do(SavePromotion(OFFERED)).entries == ()


def test_tables_can_be_made_again(till: Station, rows: Rows) -> None:
    till.do(SavePromotion(OFFERED))
    till.do(SavePromotion(replace(OFFERED, priority=1)))
    before = rows("SELECT * FROM promotion")
    rebuild(till.database)
    assert rows("SELECT * FROM promotion") == before


# ---- two stations that know nothing of one another


def edit(office: Office, **change: object) -> None:
    found = promotion(office.database.writer, TENTH.id)
    assert found is not None
    before, base = found
    after = replace(before, **change)  # type: ignore[arg-type]
    office.do(SavePromotion(after, said_of_edit(before, after), base), actor="max")


def test_what_two_people_say_of_different_things_both_holds(tmp_path: Path) -> None:
    offices = three_offices(tmp_path)
    edit(offices[0], name="Ten off", valid_to="2026-12-31")
    edit(offices[1], benefit=HALF, priority=7)
    exchange_all(offices, Random(1))
    assert known(offices[2], TENTH.id) == replace(
        TENTH, name="Ten off", valid_to="2026-12-31", benefit=HALF, priority=7
    )  # fmt: skip
    assert offices[2].conflicts() == []
    assert len({str(picture(office.database.writer)) for office in offices}) == 1


def test_nobody_gets_half_of_one_offer_and_half_of_another(tmp_path: Path) -> None:
    offices = three_offices(tmp_path)
    edit(offices[0], needs=(Need(COFFEE, 2, is_reduced=False), Need(COFFEE)))
    edit(offices[1], benefit=Benefit(Takes.UNIT_AMOUNT, money=gbp("1.00")))
    exchange_all(offices, Random(2))
    shown = known(offices[2], TENTH.id)
    assert (len(shown.needs), shown.benefit.takes) in {(2, Takes.PERCENT), (1, Takes.UNIT_AMOUNT)}
    found = {row.field: row for row in offices[2].conflicts()}
    assert set(found) == {"needs", "benefit"}
    assert {row.name for row in found.values()} == {TENTH.name}
    assert {value_words(found["benefit"], said.value, "en-GB") for said in found["benefit"].values} == {
        "10 % off each", "£1.00 off each",
    }  # fmt: skip
    assert {value_words(found["needs"], said.value, "en-GB") for said in found["needs"].values} == {
        "1 of anything, cheaper", "2 of 1 product\n1 of 1 product, cheaper",
    }  # fmt: skip
    assert field_words(found["needs"], "en-GB") == "What has to be bought"
