"""A manager changes products: what is saved, what is refused, and what two programs do to one product."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts
from omsdesk.domain.people import Person, Role
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Money, Quantity, barcode_key
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.ui.catalogue.form_session import NO_PRICE, Left, Part
from omsdesk.ui.catalogue.office import NO_RIGHT
from tests.domain.corner_shop import gbp
from tests.ui.back_office import BEN, BackOffice, until
from tests.ui.catalogue.conftest import Form, kept

GUJI = "4006381333931"

# --- looking ----------------------------------------------------------------------------------------------------------


def test_a_product_is_shown_as_it_is(form: Form) -> None:
    session = form.open("guji")
    assert session.title == "Ethiopia Guji, 250 g"
    assert (session.draft.sku, session.draft.price, session.draft.brand) == ("GUJI-250", "12.90", "Corner roasters")
    assert session.on_hand == "24"
    assert session.draft.barcodes == (PackCode(barcode_key(GUJI)),)
    assert not session.has_changes
    assert not session.is_new


def test_a_product_that_is_not_there_leaves_the_form_alone(form: Form) -> None:
    session = form.open("guji")
    assert not session.open("nowhere")
    assert session.title == "Ethiopia Guji, 250 g"


def test_goods_that_nobody_counted_say_nothing_of_stock(form: Form) -> None:
    assert form.open("card").on_hand == ""
    assert form.open("decaf").on_hand == "0"


def test_taxes_are_named_with_what_they_come_to_today(form: Form) -> None:
    labels = dict(form.open("guji").taxes())
    assert labels["standard"].replace("\u00a0", " ") == "Standard – VAT 20 %"
    assert set(labels) >= {"standard", "reduced", "zero"}


def test_a_tax_that_the_shop_no_longer_has_is_still_shown(shop: BackOffice, form: Form) -> None:
    shop.do(SaveProducts("old", (ProductEdit("mug", 1, tax_category="luxury"),)))
    assert ("luxury", "Luxury") in form.open("mug").taxes()


def test_categories_and_price_lists_are_offered(form: Form) -> None:
    session = form.open("guji")
    assert set(session.categories()) >= {"Coffee", "Bakery", "Bags"}
    assert session.lists() == ["Retail"]


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_price_is_saved_and_taken_back(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("price", "25.50")
    undo = form.save()
    assert undo.sentence == "Saved “Travel mug, 350 ml”"
    assert kept(shop, "mug").price == Money(2550, "GBP")
    assert not session.has_changes
    form.take_back(undo)
    assert kept(shop, "mug").price == Money(2400, "GBP")
    assert session.draft.price == "24.00"


def test_who_saves_nothing_writes_nothing(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    before = shop.facts
    session.save()
    for name, text in (("name", " Travel mug "), ("price", "24"), ("favourite", " ")):
        session.set(name, text)
    session.save()
    until(lambda: not session.is_saving)
    assert shop.facts == before, "spaces and another way to write 24.00 are no change"
    assert session.draft.name == "Travel mug"
    assert not session.has_changes


def test_save_pressed_twice_saves_once(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    before = shop.facts
    session.save()
    session.save()
    until(lambda: form.told)
    assert shop.facts == before + 1


def test_what_is_typed_while_the_disk_is_busy_stays(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    session.save()
    session.set("sku", "TM-NEW")
    until(lambda: form.told)
    assert kept(shop, "mug").brand == "Nord"
    assert session.draft.sku == "TM-NEW"
    assert session.has_changes
    form.save()
    assert kept(shop, "mug").sku == "TM-NEW"


def test_what_is_typed_while_something_is_taken_back_stays(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    undo = form.save()
    session.set("sku", "TM-NEW")
    form.take_back(undo)
    assert kept(shop, "mug").brand == ""
    assert (session.draft.brand, session.draft.sku) == ("", "TM-NEW")


def test_a_new_product_is_made_with_its_barcode(shop: BackOffice, form: Form) -> None:
    session = form.session
    session.begin(category="Coffee", code="5012345678900")
    assert session.title == "New product"
    session.set("name", "Filter papers")
    session.set("price", "5.20")
    form.save()
    made = kept(shop, session.known.product)
    assert (made.name, made.category, made.tax_category, made.base) == ("Filter papers", "Coffee", "standard", 1)
    assert made.barcodes == (PackCode("05012345678900"),)
    assert session.title == "Filter papers"


def test_a_new_product_can_be_one_that_is_not_sold_and_not_counted(shop: BackOffice, form: Form) -> None:
    session = form.session
    session.begin(name="Sugar for guests")
    session.set("is_sold", False)
    session.set("is_tracked", False)
    form.save()
    made = kept(shop, session.known.product)
    assert (made.is_sold, made.is_tracked) == (False, False)


def test_a_new_product_that_is_taken_back_is_not_sold_and_its_barcode_is_free(shop: BackOffice, form: Form) -> None:
    session = form.session
    session.begin(name="Mistake", code="5012345678900")
    undo = form.save()
    form.take_back(undo)
    gone = kept(shop, undo.product)
    assert gone.is_sold is False
    assert gone.barcodes == ()
    session.begin(name="The right one", code="5012345678900")
    assert session.errors == {}


def test_a_price_cannot_be_emptied_unnoticed(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("price", " ")
    session.save()
    assert session.errors == {"price": NO_PRICE}
    assert form.parts[-1] is Part.ERRORS
    session.set("price", "0")
    assert session.errors == {}, "what is corrected is quiet at once"
    form.save()
    assert kept(shop, "mug").price == Money(0, "GBP")


def test_a_product_that_never_had_a_price_needs_none(form: Form) -> None:
    session = form.open("card")
    session.set("name", "Gift card, any amount")
    form.save()
    assert session.draft.price == ""


def test_every_mistake_is_said_and_nothing_is_saved(shop: BackOffice, form: Form) -> None:
    session = form.open("oat")
    before = shop.facts
    for name, text in (("name", ""), ("price", "much"), ("favourite", "1000")):
        session.set(name, text)
    session.save()
    assert set(session.errors) == {"name", "price", "favourite"}
    assert shop.facts == before
    assert session.draft.price == "much", "what was typed is still there"


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
            lambda text: bool(text.strip())
        ),
        "variant": st.sampled_from(["", "1 kg", "red", "Größe L"]),
        "brand": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
        "sku": st.sampled_from(["", "A-1", "7", "é"]),
        "category": st.sampled_from(["", "Coffee", "New things"]),
        "description": st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40),
        "price": st.integers(0, 10**8).map(lambda minor: str(Money(minor, "GBP").decimal)),
        "favourite": st.sampled_from(["", "1", "12", "999"]),
        "is_sold": st.booleans(),
        "is_tracked": st.booleans(),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=FIELDS)
def test_whatever_is_typed_and_saved_reads_back_the_same(form: Form, typed: dict[str, str | bool]) -> None:
    session = form.open("dripper")
    for name, value in typed.items():
        session.set(name, value)
    wanted, has_changes = session.draft, session.has_changes
    before = form.shop.facts
    if has_changes:
        session.save()
        until(lambda: not session.is_saving)
    session.open("dripper")
    for name in typed:
        was, now = getattr(wanted, name), getattr(session.draft, name)
        if name == "price":
            now = now.replace(",", "")
        assert now == (was.strip() if isinstance(was, str) else was)
    assert (form.shop.facts == before) >= (not has_changes)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_cashier_changes_nothing_and_is_told(shop: BackOffice, form: Form) -> None:
    shop.person = BEN
    session = form.open("mug")
    session.set("price", "1.00")
    before = shop.facts
    session.save()
    assert session.refusal == NO_RIGHT
    assert shop.facts == before
    assert session.leave() is None, "nothing is offered to come back to"


def test_who_signs_out_meanwhile_is_asked_to_sign_in(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    undo = form.save()
    shop.person = None
    session.take_back(undo)
    assert session.refusal == "Sign in first, then try again."
    assert kept(shop, "mug").brand == "Nord"


def test_a_right_that_was_taken_away_meanwhile_is_refused_where_it_is_decided(shop: BackOffice, form: Form) -> None:
    shop.person = Person("nobody", "Nobody", Role.MANAGER)
    session = form.open("mug")
    session.set("brand", "Nord")
    session.save()
    until(lambda: session.refusal)
    assert not session.is_saving
    assert session.draft.brand == "Nord"
    assert kept(shop, "mug").brand == ""


# --- two programs -----------------------------------------------------------------------------------------------------


def test_two_people_change_two_fields_and_both_are_kept(shop: BackOffice, form: Form, elsewhere: Form) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("brand", "Nord")
    theirs.set("price", "26.00")
    elsewhere.save()
    mine.follow()
    assert mine.draft.price == "26.00", "what was not touched follows"
    assert "What you typed is still here" in mine.notice
    form.save()
    made = kept(shop, "mug")
    assert (made.brand, made.price, made.base) == ("Nord", Money(2600, "GBP"), 3)
    assert mine.notice == ""


def test_two_people_change_one_field_and_both_values_stand_until_somebody_chooses(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("price", "25.00")
    theirs.set("price", "26.00")
    elsewhere.save()
    mine.follow()
    assert mine.draft.price == "25.00"
    assert mine.start.price == "26.00"
    assert mine.notice
    form.save()
    (found,) = conflicts(shop.reader)
    assert (found.name, {said.value.price for said in found.values}) == (
        "Travel mug, 350 ml",
        {gbp("25.00"), gbp("26.00")},
    )
    theirs.follow()
    assert theirs.draft.price == mine.draft.price, "both are shown one of them meanwhile"
    assert theirs.notice == "", "who typed nothing needs no word"


def test_who_has_seen_what_another_saved_and_types_over_it_takes_its_place(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("brand", "Nord")
    theirs.set("price", "26.00")
    elsewhere.save()
    mine.follow()
    mine.set("price", "27.00")
    form.save()
    assert conflicts(shop.reader) == []
    assert (kept(shop, "mug").brand, kept(shop, "mug").price) == ("Nord", gbp("27.00"))


def test_a_form_that_was_not_told_of_another_edit_does_not_overwrite_it(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("name", "Mug")
    theirs.set("name", "Beaker")
    elsewhere.save()
    form.save()
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {"Mug", "Beaker"}


def test_what_was_typed_before_one_left_is_an_edit_of_what_was_shown_then(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("sku", "MINE")
    left = mine.leave()
    assert left is not None
    theirs.set("sku", "THEIRS")
    elsewhere.save()
    mine.come_back(left)
    assert mine.draft.sku == "MINE"
    form.save()
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {"MINE", "THEIRS"}


def test_undo_takes_back_what_was_saved_here_and_nothing_that_came_after(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    form.open("mug").set("brand", "Nord")
    undo = form.save()
    elsewhere.open("mug").set("brand", "Other")
    elsewhere.save()
    form.take_back(undo)
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {"", "Other"}


def test_undo_of_one_alone_leaves_nothing_to_settle(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    session.set("price", "30.00")
    session.add_price()
    session.set_price(0, list_name="Club", price="20.00")
    form.take_back(form.save())
    assert conflicts(shop.reader) == []
    assert kept(shop, "mug").brand == ""


def test_another_price_that_came_meanwhile_is_not_taken_off(shop: BackOffice, form: Form, elsewhere: Form) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.add_price()
    mine.set_price(0, list_name="Club", price="20.00")
    theirs.add_price()
    theirs.set_price(0, list_name="Staff", price="10.00")
    elsewhere.save()
    mine.follow()
    form.save()
    mine.follow()
    assert {(row.list_name, row.price, row.valid_to) for row in mine.draft.prices} == {
        ("Club", "20.00", ""), ("Staff", "10.00", ""),
    }  # fmt: skip
    assert conflicts(shop.reader) == []


def test_an_edit_that_was_not_told_yet_speaks_of_its_own_fields_alone(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("mug")
    mine.set("brand", "Nord")
    theirs.set("sku", "TM-2")
    elsewhere.save()
    form.save()
    made = kept(shop, "mug")
    assert (made.brand, made.sku) == ("Nord", "TM-2")


def test_a_barcode_that_another_program_took_meanwhile_is_refused_and_nothing_is_lost(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("bag")
    assert mine.add_barcode("5012345678900")
    assert theirs.add_barcode("5012345678900")
    mine.set("brand", "Nord")
    elsewhere.save()
    mine.save()
    until(lambda: mine.refusal)
    assert "belongs to another product" in mine.refusal
    assert mine.draft.brand == "Nord"
    assert kept(shop, "mug").brand == ""
    mine.remove_barcode(barcode_key("5012345678900"))
    form.save()
    assert kept(shop, "mug").brand == "Nord"


def test_a_form_that_was_refused_after_another_was_opened_can_be_come_back_to(
    shop: BackOffice, form: Form, elsewhere: Form
) -> None:
    mine, theirs = form.open("mug"), elsewhere.open("bag")
    mine.add_barcode("5012345678900")
    theirs.add_barcode("5012345678900")
    elsewhere.save()
    mine.save()
    form.open("oat")
    until(lambda: form.told)
    left = form.told[-1]
    assert isinstance(left, Left)
    assert left.sentence == "“Travel mug, 350 ml” is not saved"
    assert (mine.title, mine.refusal) == ("Oat milk, 1 L", ""), "it is not the milk that was refused"
    mine.come_back(left)
    assert mine.title == "Travel mug, 350 ml"
    assert len(mine.draft.barcodes) == 1


def test_looking_again_finds_nothing_new(form: Form) -> None:
    session = form.open("mug")
    session.set("brand", "Nord")
    form.parts.clear()
    session.follow()
    form.session.begin()
    form.parts.clear()
    session.follow()
    assert form.parts == []


def test_stock_that_moves_while_a_product_is_open_is_no_change_of_the_product(shop: BackOffice, form: Form) -> None:
    session = form.open("mug")
    shop.do(MoveGoods("more", "delivery", (Move("mug", Quantity.of(5), SUPPLIER, "shop:s1"),)))
    session.set("brand", "Nord")
    form.save()
    assert session.on_hand == "12"


# --- leaving ----------------------------------------------------------------------------------------------------------


def test_a_form_is_left_and_come_back_to(form: Form) -> None:
    session = form.open("mug")
    assert session.leave() is None, "there is nothing to lose"
    session.set("price", "25.00")
    left = session.leave()
    assert left is not None
    form.open("oat")
    session.come_back(left)
    assert (session.title, session.draft.price, session.has_changes) == ("Travel mug, 350 ml", "25.00", True)


def test_a_new_product_is_left_and_come_back_to(shop: BackOffice, form: Form) -> None:
    session = form.session
    session.begin()
    session.set("price", "3")
    left = session.leave()
    assert left is not None
    assert left.sentence == "“The new product” is not saved"
    form.open("oat")
    session.come_back(left)
    assert session.is_new
    session.set("name", "Filter papers")
    form.save()
    assert kept(shop, session.known.product).price == Money(300, "GBP")


def test_what_changed_elsewhere_while_the_form_was_left_is_there(form: Form, elsewhere: Form) -> None:
    session = form.open("mug")
    session.set("price", "25.00")
    left = session.leave()
    assert left is not None
    theirs = elsewhere.open("mug")
    theirs.set("brand", "Nord")
    elsewhere.save()
    session.come_back(left)
    assert (session.draft.price, session.draft.brand) == ("25.00", "Nord")


def test_a_form_that_is_being_saved_is_not_left_unsaved(form: Form) -> None:
    session = form.open("mug")
    session.set("price", "25.00")
    session.save()
    assert session.leave() is None
    until(lambda: form.told)
