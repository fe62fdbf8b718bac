"""A manager makes promotions: guided, with an example that is real, and every missing thing said in place."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from omsdesk.domain.coupon import CouponsUsed, MakeCoupons, grouped, new_code, read
from omsdesk.domain.customer import CustomerGroup, SaveGroup
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes
from omsdesk.domain.promotion_book import SavePromotion
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.values import Stamp as Moment
from omsdesk.store.queries.promotion import promotion, promotions
from omsdesk.ui.promotions.draft import CouponWay, Kind
from omsdesk.ui.promotions.screen import PromotionsScreen
from omsdesk.ui.promotions.session import Stage as When
from tests.ui.back_office import BEN, BackOffice, Stage, click, press, take_pictures, type_into, until

TENTH = Benefit(Takes.PERCENT, 100_000)
WEEK = Promotion("week", "Coffee week", (Need(Selection(categories=("Coffee",))),), TENTH, valid_to="2099-12-31")
LATER = replace(WEEK, id="later", name="Next year", valid_from="2098-01-01")
OVER = replace(WEEK, id="over", name="Last year", valid_to="2020-12-31")
OFF = replace(WEEK, id="off", name="Forgotten", is_active=False)


def field(page: PromotionsScreen, name: str) -> QWidget:
    return next(card.editor(name) for card in (page.form.offer, page.form.when, page.form.beside) if name in card.names)


def choose(page: PromotionsScreen, name: str, value: str) -> None:
    editor = field(page, name)
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData(str(value)))


def saved(shop: BackOffice, page: PromotionsScreen) -> Promotion:
    press("Ctrl+S")
    until(lambda: page.session.saved or page.session.refusal or page.session.errors)
    assert not page.session.errors, page.session.errors
    assert not page.session.refusal
    found = promotion(shop.reader, page.session.chosen)
    assert found is not None
    return found[0]


def titles(page: PromotionsScreen) -> list[str]:
    return [page.list.name_of(row) for row in range(page.list.count())]


def test_an_empty_page_says_how_to_begin(page: PromotionsScreen, stage: Stage) -> None:
    until(page.empty.isVisible)
    assert not page.form.isVisible()
    press("Ctrl+N")
    assert page.form.isVisible()
    assert field(page, "name").hasFocus()


def test_three_for_two_by_keyboard(page: PromotionsScreen, stage: Stage, shop: BackOffice) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "3 for 2 on oat milk", stage)
    choose(page, "kind", Kind.GET)
    type_into(field(page, "value"), "100", stage)
    assert page.form.example.text() == "Buy 3 at £10.00: pay £20.00 instead of £30.00."
    type_into(page.form.goods.field, "oat", stage)
    until(page.form.goods.results.isVisible)
    QTest.keyClick(page.form.goods.field, Qt.Key.Key_Return)
    assert page.session.draft.goods == Selection(products=("oat",))
    assert [button.label for button in page.form.goods.chosen] == ["Oat milk, 1 L"]
    assert page.form.example.text() == "Buy 3 at £2.80: pay £5.60 instead of £8.40."
    row = saved(shop, page)
    oat = Selection(products=("oat",))
    assert row.needs == (Need(oat, 2, is_reduced=False), Need(oat))
    assert row.benefit == Benefit(Takes.PERCENT, 1_000_000)
    until(lambda: titles(page) == ["3 for 2 on oat milk, Running · 2 + 1 free"])
    take_pictures(stage, "promotions-three-for-two")


def test_goods_that_were_searched_for_and_not_chosen_never_become_everything(
    page: PromotionsScreen, stage: Stage, shop: BackOffice
) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "Oat milk week", stage)
    type_into(field(page, "value"), "10", stage)
    type_into(page.form.goods.field, "oat", stage)
    until(page.form.goods.results.isVisible)
    press("Ctrl+S")
    assert page.form.goods.nothing.text() == "Choose one of those that were found, or empty this field."
    assert page.form.goods.nothing.isVisible()
    assert page.form.goods.field.hasFocus()
    assert promotions(shop.reader) == []
    QTest.keyClick(page.form.goods.field, Qt.Key.Key_Return)
    assert saved(shop, page).needs == (Need(Selection(products=("oat",))),)


def test_enter_waits_for_what_is_found(page: PromotionsScreen, stage: Stage) -> None:
    press("Ctrl+N")
    QTest.keyClicks(page.form.goods.field, "oat")
    QTest.keyClick(page.form.goods.field, Qt.Key.Key_Return)
    until(lambda: page.session.draft.goods == Selection(products=("oat",)))
    assert page.form.goods.field.text() == page.session.draft.goods_sought == ""


def test_what_was_searched_for_stays_with_its_offer(page: PromotionsScreen, stage: Stage) -> None:
    press("Ctrl+N")
    type_into(page.form.goods.field, "oat", stage)
    first = page.session.chosen
    press("Ctrl+N")
    assert page.form.goods.field.text() == ""
    until(lambda: not page.form.goods.results.isVisible())
    page.session.choose(first)
    until(lambda: page.form.goods.field.text() == "oat")


def test_a_last_day_that_is_none_is_said_at_the_last_day(page: PromotionsScreen, stage: Stage) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "Week", stage)
    type_into(field(page, "value"), "10", stage)
    type_into(field(page, "valid_to"), "someday", stage)
    press("Ctrl+S")
    assert list(page.session.errors) == ["valid_to"]
    assert field(page, "valid_to").hasFocus()


def test_what_is_missing_is_said_at_its_field_and_nothing_is_saved(page: PromotionsScreen, shop: BackOffice) -> None:
    press("Ctrl+N")
    page.session.set("value", "10")
    press("Ctrl+S")
    assert page.session.errors == {"name": "Type a name. Customers read it on the receipt."}
    assert field(page, "name").hasFocus()
    assert promotions(shop.reader) == []


def test_a_bundle_waits_for_what_goes_together_and_never_takes_just_anything(
    page: PromotionsScreen, stage: Stage, shop: BackOffice
) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "Coffee and cake", stage)
    choose(page, "kind", Kind.BUNDLE)
    type_into(field(page, "value"), "5", stage)
    assert [page.form.goods.nothing.text(), page.form.others.nothing.text()] == ["Nothing yet", "Nothing yet"]
    assert page.form.example.text() == ""
    page.session.set("goods", Selection(categories=("Coffee",)))
    press("Ctrl+S")
    assert page.form.others.nothing.text() == "Choose what goes together with it."
    assert page.form.others.field.hasFocus()
    assert promotions(shop.reader) == []
    page.session.set("others", Selection(products=("oat",)))
    assert page.form.example.text().startswith("Buy 1 at £10.00 and 1 at £2.80: pay £5.00")
    saved(shop, page)


def test_tab_goes_from_the_times_to_the_days_of_the_week(page: PromotionsScreen) -> None:
    press("Ctrl+N")
    field(page, "to_time").setFocus()
    press("Tab")
    assert page.form.days[0].hasFocus()


def test_goods_are_found_by_category_and_brand_too_and_taken_out_again(page: PromotionsScreen, stage: Stage) -> None:
    press("Ctrl+N")
    picker = page.form.goods
    for typed, named in (("coff", "categories"), ("corner", "brands")):
        type_into(picker.field, typed, stage)
        until(picker.results.isVisible)
        QTest.keyClick(picker.field, Qt.Key.Key_Return)
        assert getattr(page.session.draft.goods, named)
        assert not picker.results.isVisible()
    assert [button.label for button in picker.chosen] == ["Category: Coffee", "Brand: Corner roasters"]
    assert not picker.nothing.isVisible()
    click(picker.chosen[0])
    assert page.session.draft.goods == Selection(brands=("Corner roasters",))
    click(picker.chosen[0])
    assert picker.nothing.isVisible()


@pytest.mark.parametrize(
    ("kind", "typed", "example"),
    [
        (Kind.OFF, {"value": "10"}, "Buy 1 at £10.00: pay £9.00 instead of £10.00."),
        (Kind.MIX, {"buy": "3", "value": "25"}, "Buy 3 at £10.00: pay £25.00 instead of £30.00."),
        (Kind.STEPS, {"step_1": "3", "off_1": "5"}, "Buy 3 at £10.00: pay £28.50 instead of £30.00."),
        (Kind.BASKET, {"amount": "50", "value": "10"}, "Buy 5 at £10.00: pay £45.00 instead of £50.00."),
    ],
)
def test_each_kind_has_its_fields_and_shows_what_it_does(
    page: PromotionsScreen, stage: Stage, shop: BackOffice, kind: Kind, typed: dict[str, str], example: str
) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "Offer", stage)
    choose(page, "kind", kind)
    for name, text in typed.items():
        assert field(page, name).isVisible()
        type_into(field(page, name), text, stage)
    assert page.form.example.text() == example
    row = saved(shop, page)
    assert row.name == "Offer"
    take_pictures(stage, f"promotions-{kind}")


def test_days_stores_groups_and_rank(page: PromotionsScreen, stage: Stage, shop: BackOffice) -> None:
    known = page.session.office.shop
    assert known is not None
    shop.do(SaveShop(replace(known, id="s2", name="Harbour")), SaveGroup(CustomerGroup("club", "Coffee club")))
    press("Ctrl+N")
    type_into(field(page, "name"), "Friday", stage)
    type_into(field(page, "value"), "20", stage)
    click(page.form.days[4])
    page.form.stores["s2"].click()
    page.form.groups["club"].click()
    choose(page, "priority", "10")
    type_into(field(page, "from_time"), "17", stage)
    row = saved(shop, page)
    assert (row.weekdays, row.stores, row.groups) == ((5,), ("s2",), ("club",))
    assert (row.priority, row.from_time) == (10, "17:00")


def test_the_list_tells_what_runs_what_comes_and_what_is_over(page: PromotionsScreen, shop: BackOffice) -> None:
    shop.do(*map(SavePromotion, (OVER, LATER, WEEK, OFF)))
    page.session.refresh()
    until(lambda: page.list.count() == 4)
    assert [title.partition(",")[0] for title in titles(page)] == ["Coffee week", "Next year", "Last year", "Forgotten"]
    assert titles(page)[0] == "Coffee week, Running · −10 % · until 31/12/2099"
    assert page.session.chosen == "week", "the first is open from the start"
    page.session.filter(When.COMING)
    assert [title.partition(",")[0] for title in titles(page)] == ["Next year"]


def test_an_edit_says_only_what_changed_and_what_was_typed_waits(
    page: PromotionsScreen, stage: Stage, shop: BackOffice
) -> None:
    shop.do(SavePromotion(WEEK), SavePromotion(LATER))
    page.session.refresh()
    until(lambda: page.list.count() == 2)
    until(lambda: page.session._base)
    type_into(field(page, "name"), "Coffee days", stage)
    page.session.choose("later")
    until(lambda: not page.session.has_changes)
    assert [row.name for row in page.unsaved()] == ["Coffee days"]
    page.session.choose("week")
    assert page.session.draft.name == "Coffee days"
    assert saved(shop, page) == replace(WEEK, name="Coffee days")
    assert page.unsaved() == []


def test_a_cashier_looks_and_changes_nothing(page: PromotionsScreen, shop: BackOffice) -> None:
    shop.do(SavePromotion(WEEK))
    shop.person = BEN
    page.session.refresh()
    until(page.form.isVisible)
    assert not field(page, "name").isEnabled()
    assert not page.save.isVisible()
    assert not page.add.isVisible()
    assert page.banner.isVisible()


def test_codes_are_made_written_to_a_file_and_counted(page: PromotionsScreen, stage: Stage, shop: BackOffice) -> None:
    press("Ctrl+N")
    type_into(field(page, "name"), "Welcome", stage)
    type_into(field(page, "value"), "20", stage)
    choose(page, "coupon_way", CouponWay.CODES)
    assert not page.codes.make.isVisible(), "not before it is saved"
    row = saved(shop, page)
    assert row.is_by_single_codes
    until(page.codes.make.isVisible)
    type_into(page.codes.count, "25", stage)
    click(page.codes.make)
    until(lambda: page.codes.batches)
    (batch,) = page.session.batches
    assert (batch.made, batch.used) == (25, 0)
    head, *rows = page.session.codes(batch.batch).text.splitlines()
    assert head == "code;promotion;until;state"
    codes = [line.partition(";")[0] for line in rows]
    assert len(set(codes)) == 25
    assert all(read(code) for code in codes)
    assert all(line.endswith(';"Welcome";;') for line in rows)
    take_pictures(stage, "promotions-codes")


def test_codes_that_two_tills_took_are_shown(page: PromotionsScreen, shop: BackOffice) -> None:
    code = new_code(b"12345678")
    once = replace(WEEK, id="once", name="Welcome", coupon="once")
    shop.do(SavePromotion(once), MakeCoupons("b", "once", (code,)))
    with shop.database.transaction("anna", Moment(0)) as transaction:
        for number in ("1A-000001", "2A-000001"):
            transaction.record(CouponsUsed(number, number, number, "s1", "t1", Moment(1_795_435_200_000), (code,)))
    page.session.refresh()
    until(page.codes.twice.isVisible)
    assert "1A-000001" in page.codes.twice.text()
    assert "2A-000001" in page.codes.twice.text()


def test_a_file_of_codes_opens_in_any_spreadsheet(
    page: PromotionsScreen, shop: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_code(b"12345678")
    shop.do(SavePromotion(replace(WEEK, id="once", name='Crème "1"', coupon="once")), MakeCoupons("b", "once", (code,)))
    page.session.refresh()
    until(lambda: page.codes.batches)
    target = tmp_path / "codes.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.codes.batches[0][2].click()
    with target.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert row == {"code": grouped(code), "promotion": 'Crème "1"', "until": "2099-12-31", "state": ""}
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert page.banner.text() == "The codes are in “codes.csv”."


def test_a_file_of_codes_that_cannot_be_written_is_said(
    page: PromotionsScreen, shop: BackOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = new_code(b"12345678")
    shop.do(SavePromotion(replace(WEEK, id="once", name="1/2 off", coupon="once")), MakeCoupons("b", "once", (code,)))
    page.session.refresh()
    until(lambda: page.codes.batches)
    proposed: list[str] = []

    def choose_place(*said: object) -> tuple[str, str]:
        proposed.append(str(said[2]))
        return str(tmp_path / "nowhere" / "codes.csv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose_place)
    page.codes.batches[0][2].click()
    assert proposed == ["1-2 off.csv"]
    assert "could not be written" in page.banner.text()


def test_stores_stand_in_the_order_of_their_names(page: PromotionsScreen, shop: BackOffice) -> None:
    known = page.session.office.shop
    assert known is not None
    shop.do(*(SaveShop(replace(known, id=name, name=name)) for name in ("Zoo", "Airport")))
    press("Ctrl+N")
    tops = {box.text(): page.form.when.column.indexOf(box) for box in page.form.stores.values()}
    assert sorted(tops, key=lambda name: tops[name]) == ["Airport", "Corner Coffee", "Zoo"]
