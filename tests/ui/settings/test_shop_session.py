"""The shop's own data are changed, saved and taken back, by one person or by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omsdesk.documents.logo import logo_png
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.people import Person, Role
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.domain.values import Money
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.store.queries.till import shop_of
from omsdesk.ui.settings.office import NO_RIGHT
from omsdesk.ui.settings.shop_session import ELSEWHERE, ShopSession
from tests.documents.samples import logo
from tests.ui.back_office import BEN, BackOffice, until
from tests.ui.settings.conftest import Computer


@pytest.fixture
def session(computer: Computer) -> ShopSession:
    """Sit down before the shop's page."""
    return ShopSession(computer.office())


@pytest.fixture
def elsewhere(shop: BackOffice) -> Iterator[ShopSession]:
    """Sit down before the same page in a second program."""
    other = shop.another_program()
    yield ShopSession(Computer(other).office())
    other.close()


def kept(shop: BackOffice) -> Shop:
    """Read the shop as it is kept."""
    found = shop_of(shop.reader, "t1")
    assert found is not None
    return found


def save(session: ShopSession) -> None:
    """Press Save and wait until it is on the disk."""
    session.save()
    assert session.is_saving, (session.errors, session.refusal)
    until(lambda: not session.is_saving)
    assert not session.refusal


def undo(session: ShopSession) -> None:
    """Undo and wait until it is on the disk."""
    session.take_back()
    until(lambda: not session.saved)


# --- one person -------------------------------------------------------------------------------------------------------


def test_name_address_and_footer_are_saved_and_taken_back(shop: BackOffice, session: ShopSession) -> None:
    session.set("name", " Corner Coffee & Tea ")
    session.set("address", "12 Market Street\n\n York ")
    session.set("footer", "Thank you!")
    save(session)
    made = kept(shop)
    assert (made.name, made.address, made.footer) == (
        "Corner Coffee & Tea", ("12 Market Street", "York"), ("Thank you!",),
    )  # fmt: skip
    assert session.draft.name == "Corner Coffee & Tea"
    assert session.saved == "Shop saved"
    assert session.can_undo
    undo(session)
    assert (kept(shop).name, kept(shop).address) == ("Corner Coffee", ())
    assert not session.can_undo


def test_nothing_typed_is_nothing_saved(shop: BackOffice, session: ShopSession) -> None:
    before = shop.facts
    session.save()
    session.set("phone", "1")
    session.set("phone", "")
    session.save()
    assert shop.facts == before
    session.take_back()
    assert shop.facts == before, "there is nothing to take back"


def test_the_next_change_ends_the_offer_to_undo(session: ShopSession) -> None:
    session.set("phone", "1")
    save(session)
    session.set("phone", "12")
    assert session.saved == ""


def test_what_is_typed_while_the_disk_is_busy_stays(shop: BackOffice, session: ShopSession) -> None:
    session.set("phone", "1")
    session.save()
    session.set("tax_number", "GB 1")
    until(lambda: not session.is_saving)
    assert kept(shop).phone == "1"
    assert session.draft.tax_number == "GB 1"
    assert session.has_changes
    save(session)
    assert kept(shop).tax_number == "GB 1"


def test_a_rate_that_is_removed_while_the_disk_is_busy_is_removed(shop: BackOffice, session: ShopSession) -> None:
    before = len(kept(shop).tax_rates)
    session.remove_row("rates", 0)
    session.save()
    session.take_customs()
    session.set("is_inclusive", "no")
    until(lambda: not session.is_saving)
    save(session)
    assert len(kept(shop).tax_rates) == before, "the usual rates were asked for, so they are there"
    assert not kept(shop).tax_terms.is_inclusive


def test_save_pressed_twice_saves_once(shop: BackOffice, session: ShopSession) -> None:
    before = shop.facts
    session.set("phone", "1")
    session.save()
    session.save()
    until(lambda: not session.is_saving)
    assert shop.facts == before + 1


def test_what_was_typed_is_forgotten_when_one_wants(shop: BackOffice, session: ShopSession) -> None:
    before = session.draft
    session.remove_row("methods", 0)
    session.set("name", "")
    session.save()
    assert session.errors
    session.discard()
    assert (session.draft, session.errors) == (before, {})
    assert not session.has_changes


def test_a_mistake_keeps_everything_back(shop: BackOffice, session: ShopSession) -> None:
    before = shop.facts
    session.set("phone", "1")
    session.add_row("rates")
    last = len(session.draft.rates) - 1
    session.set_row("rates", last, "percent", "many")
    session.save()
    assert list(session.errors) == [f"rates.{last}"]
    assert shop.facts == before
    session.set_row("rates", last, "percent", "20")
    assert session.errors == {}, "a row that is being corrected is quiet"
    session.save()
    session.remove_row("rates", last)
    assert session.errors == {}
    save(session)
    assert kept(shop).phone == "1"


def test_a_new_way_to_pay_is_at_the_till_and_its_code_stays_when_its_name_changes(
    shop: BackOffice, session: ShopSession
) -> None:
    session.add_row("methods")
    session.set_row("methods", 3, "name", "Voucher")
    save(session)
    session.set_row("methods", 3, "name", "Lunch voucher")
    save(session)
    made = kept(shop).tender_methods[3]
    assert (made.code, made.name) == ("voucher", "Lunch voucher"), "the books know it by its code"


def test_countries_are_offered_and_one_that_is_unknown_stays(shop: BackOffice, session: ShopSession) -> None:
    assert ("GB", "United Kingdom") in session.countries()
    shop.do(SaveShop(replace(kept(shop), country="XX")))
    session.refresh()
    assert session.countries()[0] == ("XX", "Other")
    before = session.draft.rates
    session.take_customs()
    assert session.draft.rates == before, "nobody knows what is usual there"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.fixed_dictionaries(
        {"name": TEXTS.filter(lambda text: bool(text.strip()))},
        optional={"phone": TEXTS, "tax_number": TEXTS, "is_inclusive": st.sampled_from(["yes", "no"])},
    )
)
def test_whatever_is_typed_and_saved_reads_back_the_same(session: ShopSession, typed: dict[str, str]) -> None:
    for name, value in typed.items():
        session.set(name, value)
    if session.has_changes:
        save(session)
    fresh = ShopSession(session.office)
    for name, value in typed.items():
        assert getattr(fresh.draft, name) == value.strip()


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_cashier_saves_nothing(shop: BackOffice, session: ShopSession) -> None:
    shop.person = BEN
    before = shop.facts
    session.set("phone", "1")
    session.save()
    assert session.refusal == NO_RIGHT
    assert not session.may_edit
    assert shop.facts == before


def test_a_refusal_is_said_and_nothing_typed_is_lost(shop: BackOffice, session: ShopSession) -> None:
    shop.person = Person("stranger", "Stranger", Role.MANAGER)
    session.set("phone", "1")
    session.save()
    until(lambda: session.refusal)
    assert not session.is_saving
    assert session.draft.phone == "1"
    session.set("phone", "12")
    assert session.refusal == ""


def test_who_signed_out_is_asked_to_sign_in(shop: BackOffice, session: ShopSession) -> None:
    session.set("phone", "1")
    save(session)
    shop.person = None
    session.take_back()
    assert session.refusal == "Sign in first, then try again."
    assert kept(shop).phone == "1"


def test_before_there_is_a_shop_there_is_nothing_to_change(empty: BackOffice) -> None:
    empty.person = None
    session = ShopSession(Computer(empty).office())
    told: list[bool] = []
    session.listeners.append(lambda: told.append(session.may_edit))
    session.refresh()
    assert told == [False], "the page shows that it is closed"
    session.save()
    session.take_back()
    assert empty.facts == 0


# --- two people -------------------------------------------------------------------------------------------------------


def test_two_people_change_two_things_and_both_are_kept(
    shop: BackOffice, session: ShopSession, elsewhere: ShopSession
) -> None:
    session.set("phone", "1")
    elsewhere.set("name", "Corner Tea")
    save(elsewhere)
    session.refresh()
    assert session.draft.name == "Corner Tea", "what was not touched follows"
    assert session.draft.phone == "1", "what was typed stays"
    assert session.notice == ELSEWHERE
    save(session)
    assert (kept(shop).name, kept(shop).phone) == ("Corner Tea", "1")
    assert session.notice == ""


def test_a_change_that_was_not_told_yet_is_not_overwritten(
    shop: BackOffice, session: ShopSession, elsewhere: ShopSession
) -> None:
    session.set("phone", "1")
    elsewhere.set("name", "Corner Tea")
    save(elsewhere)
    save(session)
    assert (kept(shop).name, kept(shop).phone) == ("Corner Tea", "1")


def test_two_who_change_one_field_have_both_said_it(
    shop: BackOffice, session: ShopSession, elsewhere: ShopSession
) -> None:
    session.set("phone", "1")
    elsewhere.set("phone", "2")
    save(elsewhere)
    session.refresh()
    assert session.notice == ELSEWHERE
    save(session)
    (found,) = conflicts(shop.reader)
    assert {said.value for said in found.values} == {"1", "2"}


def test_one_who_changes_a_field_twice_and_undoes_it_differs_from_nobody(
    shop: BackOffice, session: ShopSession
) -> None:
    for phone in ("1", "2"):
        session.set("phone", phone)
        save(session)
    undo(session)
    assert kept(shop).phone == "1"
    assert conflicts(shop.reader) == []


def test_undo_takes_back_ones_own_change_alone(shop: BackOffice, session: ShopSession, elsewhere: ShopSession) -> None:
    session.set("phone", "1")
    save(session)
    elsewhere.refresh()
    elsewhere.set("name", "Corner Tea")
    save(elsewhere)
    undo(session)
    assert (kept(shop).name, kept(shop).phone) == ("Corner Tea", "")
    assert session.draft.name == "Corner Tea"


def test_undo_leaves_what_is_being_typed(shop: BackOffice, session: ShopSession) -> None:
    session.set("phone", "1")
    save(session)
    offered = session.can_undo
    session.set("tax_number", "GB 1")
    undo(session)
    assert offered
    until(lambda: kept(shop).phone == "")
    until(lambda: session.draft.phone == "")
    assert session.draft.tax_number == "GB 1"


def test_who_typed_nothing_sees_the_change_and_needs_no_word(session: ShopSession, elsewhere: ShopSession) -> None:
    elsewhere.set("name", "Corner Tea")
    save(elsewhere)
    session.refresh()
    assert (session.draft.name, session.notice, session.has_changes) == ("Corner Tea", "", False)


def test_a_shift_that_opens_meanwhile_hinders_nothing_but_the_currency(shop: BackOffice, session: ShopSession) -> None:
    shop.do(OpenShift("shift-1", Money(0, "GBP")), actor="ben")
    session.set("name", "Corner Tea")
    save(session)
    assert kept(shop).name == "Corner Tea"


# --- the logo ---------------------------------------------------------------------------------------------------------


def picture(folder: Path, name: str = "logo.png", data: bytes = b"") -> Path:
    """Put a picture file into the folder."""
    path = folder / name
    path.write_bytes(data or logo())
    return path


def test_a_logo_is_chosen_saved_and_removed(shop: BackOffice, session: ShopSession, tmp_path: Path) -> None:
    session.choose_logo(picture(tmp_path))
    until(lambda: session.draft.logo)
    assert kept(shop).logo == "", "a logo is saved with the rest"
    save(session)
    png = logo_png(kept(shop).logo)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    session.set("logo", "")
    save(session)
    assert kept(shop).logo == ""
    undo(session)
    until(lambda: kept(shop).logo)


def test_the_logo_reaches_the_other_till(session: ShopSession, elsewhere: ShopSession, tmp_path: Path) -> None:
    session.choose_logo(picture(tmp_path))
    until(lambda: session.draft.logo)
    save(session)
    elsewhere.refresh()
    assert elsewhere.draft.logo == session.draft.logo


def test_what_is_no_picture_leaves_the_logo_as_it_is(session: ShopSession, tmp_path: Path) -> None:
    session.choose_logo(picture(tmp_path))
    until(lambda: session.draft.logo)
    before = session.draft
    session.choose_logo(picture(tmp_path, "letter.png", b"Dear Sir or Madam"))
    until(lambda: session.errors)
    assert session.errors == {"logo": "The logo is not a picture that can be read. Choose a PNG or JPEG file."}
    assert session.draft == before
    session.choose_logo(picture(tmp_path))
    session.set("logo", "")
    assert session.errors == {}


def test_trouble_with_a_logo_file_keeps_nothing_else_back(
    shop: BackOffice, session: ShopSession, tmp_path: Path
) -> None:
    session.set("phone", "1")
    session.choose_logo(tmp_path / "gone.png")
    until(lambda: session.errors)
    save(session)
    assert kept(shop).phone == "1"
