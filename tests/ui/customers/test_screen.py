"""The customers page as a manager uses it: by keys, on a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.actions.mailing import address_of
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.customer import Customer, CustomerGroup, Exemption, SaveCustomer, SaveGroup
from omsdesk.domain.mailing import Letter
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.sale_command import AddLine, CompleteSale, TakeTender
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.customer import customer_by_id, groups, search
from omsdesk.store.queries.mailing import waiting
from omsdesk.store.queries.till import price_lists
from omsdesk.ui.customers.screen import GROUPS, PEOPLE, CustomersScreen
from omsdesk.ui.customers.session import FORGOTTEN
from omsdesk.ui.widgets.key_button import KeyButton
from tests.ui.back_office import BEN, BackOffice, Stage, press, take_pictures, type_into
from tests.ui.customers.conftest import MIA


def known(shop: BackOffice, who: str = "mia") -> Customer:
    found = customer_by_id(shop.reader, who)
    assert found is not None
    return found


def rows(screen: CustomersScreen) -> list[str]:
    listed = screen.people.list
    return [listed.name_of(row) for row in range(listed.count())]


def buy(shop: BackOffice, sale: str) -> None:
    found = till_queries.product_by_id(shop.reader, "oat", till_queries.shop_of(shop.reader, "t1"), "2026-11-23")  # type: ignore[arg-type]
    assert found is not None
    if not till_queries.open_shift(shop.reader, "t1"):
        shop.do(OpenShift(shop.clock.new_id(), Money.of(100, "GBP")))
    shop.do(AddLine(sale, "l" + sale, found.article, Quantity.of(2)), SetCustomer(sale, "mia"))
    ticket = till_queries.sale_state(shop.reader, sale)
    assert ticket is not None
    cash = TenderMethod("cash", "Cash", TenderKind.CASH)
    shop.do(TakeTender(sale, "t" + sale, cash, ticket.due), CompleteSale(sale))


def test_the_newest_is_shown_first_with_all_that_is_known(screen: CustomersScreen, stage: Stage) -> None:
    assert rows(screen)[0].startswith("Mia Schneider, Schneider Ltd · 020 7946 0123")
    draft = screen.people.session.draft
    assert (draft.name, draft.address, draft.note) == ("Mia Schneider", "1 High Street\nYork", "Keep oat milk aside")
    take_pictures(stage, "customers")


def test_a_number_is_changed_saved_and_taken_back(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    type_into(screen.people.form.contact.editor("phone"), "01904 999 888", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: known(shop).phone == "01904 999 888")
    qtbot.waitUntil(screen.people.head.undo.isVisible)
    press("Ctrl+Z")
    qtbot.waitUntil(lambda: known(shop) == MIA)
    qtbot.waitUntil(lambda: screen.people.session.draft.phone == MIA.phone)


def test_what_they_are_given_is_saved_with_it(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    shop.do(SaveGroup(CustomerGroup("trade", "Trade")))
    shop.feed.look()
    session, terms = screen.people.session, screen.people.form.terms
    qtbot.waitUntil(lambda: bool(session.groups))
    session.set("groups", ("trade",))
    type_into(terms.editor("exemption"), "EX-7", stage)
    type_into(terms.editor("credit_limit"), "250", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: known(shop).groups == ("trade",))
    assert known(shop).exemption == Exemption("EX-7")
    assert known(shop).credit_limit == Money.of(250, "GBP")
    take_pictures(stage, "customers-given")


def test_what_is_wrong_is_said_at_the_field(screen: CustomersScreen, stage: Stage) -> None:
    terms = screen.people.form.terms
    type_into(terms.editor("exemption_until"), "next year", stage)
    type_into(terms.editor("credit_limit"), "1.2.3", stage)
    press("Ctrl+S")
    errors = screen.people.session.errors
    assert set(errors) == {"exemption", "exemption_until", "credit_limit"}
    assert screen.people.session.has_changes
    take_pictures(stage, "customers-mistake")


def test_somebody_new_is_written_down_and_a_double_is_told(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    press("Ctrl+N")
    contact = screen.people.form.contact
    type_into(contact.editor("name"), "Maria", stage)
    type_into(contact.editor("phone"), "+44 20 7946 0123", stage)
    assert "Mia Schneider has the same number" in screen.people.banner.text()
    type_into(contact.editor("phone"), "01904 111 222", stage)
    assert not screen.people.banner.isVisible()
    press("Ctrl+S")
    qtbot.waitUntil(lambda: [row.customer.name for row in search(shop.reader, "maria")] == ["Maria"])
    qtbot.waitUntil(lambda: len(rows(screen)) == 3)


def test_typing_finds_and_enter_shows(qtbot: QtBot, screen: CustomersScreen, stage: Stage) -> None:
    type_into(screen.people.search, "otto", stage)
    qtbot.waitUntil(lambda: len(rows(screen)) == 1)
    assert screen.people.session.draft.name == "Otto Maier"
    press("Return")
    assert screen.people.session.draft.name == "Otto Maier"
    type_into(screen.people.search, "zzz", stage)
    qtbot.waitUntil(lambda: not rows(screen))
    take_pictures(stage, "customers-nobody")


def test_what_was_typed_of_somebody_waits_while_others_are_shown(
    qtbot: QtBot, screen: CustomersScreen, stage: Stage
) -> None:
    session, contact = screen.people.session, screen.people.form.contact
    first = session.draft.name
    type_into(contact.editor("note"), "Rings twice", stage)
    other = next(row.customer.id for row in session.rows if row.customer.title != first)
    session.choose(other)
    assert session.draft.note == ""
    assert any("Not saved yet" in name for name in rows(screen))
    assert [form.name for form in screen.unsaved()] == [first]
    screen.unsaved()[0].show()
    assert (session.draft.name, session.draft.note) == (first, "Rings twice")
    assert session.has_changes


def test_somebody_new_who_was_left_stands_in_the_list_until_saved(
    qtbot: QtBot, screen: CustomersScreen, stage: Stage
) -> None:
    session = screen.people.session
    press("Ctrl+N")
    type_into(screen.people.form.contact.editor("name"), "Nora", stage)
    press("Ctrl+N")
    assert session.draft.name == ""
    assert rows(screen)[0] == "Nora, Not saved yet"
    screen.people.list.choose(0)
    assert session.draft.name == "Nora"
    press("Ctrl+S")
    qtbot.waitUntil(lambda: not session.is_typed and rows(screen)[0] == "Nora")


def test_who_is_found_does_not_take_the_place_of_what_is_being_typed(
    qtbot: QtBot, screen: CustomersScreen, stage: Stage
) -> None:
    type_into(screen.people.form.contact.editor("note"), "Rings twice", stage)
    type_into(screen.people.search, "otto", stage)
    qtbot.waitUntil(lambda: len(rows(screen)) == 1)
    assert screen.people.session.draft.note == "Rings twice"


def test_what_was_saved_is_not_offered_back_again_when_its_time_was_over(
    qtbot: QtBot, screen: CustomersScreen, stage: Stage
) -> None:
    people = screen.people
    type_into(people.form.contact.editor("note"), "Rings twice", stage)
    press("Ctrl+S")
    qtbot.waitUntil(people.head.undo.isVisible)
    people.head.undo.dismiss()
    people.head.undo.expired.emit()
    people.follow()
    assert not people.head.undo.isVisible()


def test_a_card_that_is_scanned_shows_whose_it_is(screen: CustomersScreen, stage: Stage) -> None:
    screen.people.session.choose("otto")
    screen.scanned("2900001")
    assert screen.people.session.chosen == MIA
    screen.people.begin()
    screen.scanned("2900009")
    assert screen.people.session.draft.card == "2900009"


def test_what_they_bought_is_listed(qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage) -> None:
    buy(shop, "s1")
    buy(shop, "s2")
    shop.feed.look()
    facts = screen.people.form.receipts
    qtbot.waitUntil(lambda: len(facts.facts) == 3)
    assert (facts.facts[0].detail, facts.facts[0].amount) == ("2 receipts", "£11.20")
    assert facts.facts[1].title == "1A-000002"
    take_pictures(stage, "customers-history")


def test_a_statement_is_saved_as_pdf(qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage) -> None:
    screen.people.form.statement.click()
    qtbot.waitUntil(lambda: "Saved as" in screen.people.banner.text())
    (place,) = (shop.folder / "documents").glob("statement-mia-*.pdf")
    assert place.read_bytes().startswith(b"%PDF")


def test_a_statement_goes_by_email_where_that_is_set_up(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    form = screen.people.form
    assert not form.mail.isVisible()
    (shop.folder / "mail").touch()
    screen.people.session.refresh()
    qtbot.waitUntil(form.mail.isVisible)
    form.mail.click()
    qtbot.waitUntil(lambda: screen.people.banner.text() == "The statement goes by e-mail to Mia Schneider.")
    (mail,) = waiting(shop.reader)
    assert (mail.letter, mail.document, mail.customer) == (Letter.STATEMENT, "mia", "mia")
    assert mail.first.endswith("-01-01")
    assert address_of(shop.reader, mail) == "mia@example.org"
    take_pictures(stage, "customers-mail")


def test_a_person_is_forgotten_after_a_question(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    screen.people.form.forget.click()
    assert screen.people.question is not None
    assert screen.people.question.title.text() == "Forget Mia Schneider?"
    take_pictures(stage, "customers-forget")
    screen.people.question.close_sheet()
    assert known(shop) == MIA
    screen.people.form.forget.click()
    assert screen.people.question is not None
    next(one for one in screen.people.question.findChildren(KeyButton) if one.label == "Forget for good").click()
    qtbot.waitUntil(lambda: known(shop) == Customer("mia", is_active=False))
    qtbot.waitUntil(lambda: len(rows(screen)) == 1)
    qtbot.waitUntil(screen.people.banner.isVisible)
    assert screen.people.banner.text() == FORGOTTEN
    screen.people.banner.put_away()
    screen.people.session.refresh()
    qtbot.waitUntil(lambda: screen.people.session.chosen is not None)
    assert not screen.people.banner.isVisible(), "it was read"


def test_a_cashier_writes_numbers_down_and_gives_nothing(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    shop.person = BEN
    screen.people.session.refresh()
    qtbot.waitUntil(lambda: not screen.people.form.terms.editor("credit_limit").isEnabled())
    assert not screen.people.form.forget.isVisible()
    type_into(screen.people.form.contact.editor("note"), "Rings twice", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: known(shop).note == "Rings twice")


def test_another_computer_changes_what_nobody_touched_here(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    type_into(screen.people.form.contact.editor("note"), "New note", stage)
    shop.do(SaveCustomer(Customer("mia", phone="0999 1"), ("phone",)))
    shop.feed.look()
    qtbot.waitUntil(lambda: screen.people.session.draft.phone == "0999 1")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: (known(shop).phone, known(shop).note) == ("0999 1", "New note"))


def test_what_is_not_saved_is_told_before_the_program_closes(screen: CustomersScreen, stage: Stage) -> None:
    assert screen.unsaved() == ()
    type_into(screen.people.form.contact.editor("name"), "Mia M.", stage)
    assert [row.name for row in screen.unsaved()] == ["Mia M."]
    screen.people.session.discard()
    assert screen.unsaved() == ()


def test_a_file_comes_in_and_goes_out(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Phone,E-mail,Hat\nNina,0151 998877,,6\nBad,,nonsense,\n", encoding="utf-8")
    screen.people.session.look_into(path, screen.people.ask_to_import)
    qtbot.waitUntil(lambda: screen.people.question is not None)
    assert screen.people.question is not None
    assert any("Not used: “Hat”" in label.text() for label in screen.people.question.findChildren(QLabel))
    take_pictures(stage, "customers-import-asked")
    press("Return")
    qtbot.waitUntil(lambda: "1 new customers" in screen.people.banner.text())
    assert "list-problems.csv" in screen.people.banner.text()
    take_pictures(stage, "customers-imported")
    out = tmp_path / "out.csv"
    screen.people.session.hand_out(out)
    qtbot.waitUntil(lambda: "3 customers are in" in screen.people.banner.text())
    assert "Nina" in out.read_text(encoding="utf-8-sig")
    screen.people.session.hand_out(tmp_path / "no" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in screen.people.banner.text())


# ---- groups, price lists, points


def test_a_list_with_a_percentage_is_given_to_a_group(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    screen.show_part(GROUPS)
    view = screen.groups
    type_into(view.list.editor("list_name"), "Staff prices", stage)
    type_into(view.list.editor("list_off"), "25", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: any(row.name == "Staff prices" for row in price_lists(shop.reader)))
    made = next(row for row in price_lists(shop.reader) if row.name == "Staff prices")
    assert made == PriceList(made.id, "Staff prices", 10, is_given=True, off_ppm=250_000)
    qtbot.waitUntil(lambda: bool(view.session.lists) and not view.session.is_saving)
    type_into(view.group.editor("group_name"), "Staff", stage)
    type_into(view.group.editor("group_points"), "1.5", stage)
    chosen = view.group.editor("group_list")
    assert isinstance(chosen, QComboBox)
    chosen.setCurrentIndex(chosen.findData(made.id))
    take_pictures(stage, "customers-groups")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool(groups(shop.reader)))
    (group,) = groups(shop.reader).values()
    assert (group.name, group.price_list, group.points_ppm) == ("Staff", made.id, 1_500_000)


def test_choosing_another_group_takes_away_nothing_that_was_typed(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    screen.show_part(GROUPS)
    view, session = screen.groups, screen.groups.session
    type_into(view.group.editor("group_name"), "Staff", stage)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool(session.groups) and not session.is_saving)
    (group,) = session.groups
    type_into(view.points.editor("points_per"), "2", stage)
    session.choose_group(group.id)
    assert (session.draft.group_name, session.draft.points_per) == ("Staff", "2")
    assert [form.name for form in screen.unsaved()] == ["Groups, price lists, points"]
    type_into(view.group.editor("group_points"), "3", stage)
    session.choose_group("")
    assert "not saved yet" in view.banner.text()
    assert (session.draft.group, session.draft.group_points) == (group.id, "3")


def test_shares_and_times_are_written_in_the_way_of_the_country(
    qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage
) -> None:
    session = screen.groups.session
    shop.do(SaveShop(replace(session.office.shop, locale="de-DE"), ("locale",)))
    screen.show_part(GROUPS)
    session.set("list_name", "Trade")
    session.set("list_off", "12,5")
    session.set("group_name", "Trade")
    session.set("group_points", "1,5")
    press("Ctrl+S")
    qtbot.waitUntil(lambda: bool(session.lists and session.groups) and not session.is_saving)
    session.choose_list(session.lists[0].id)
    session.choose_group(session.groups[0].id)
    assert (session.draft.list_off, session.draft.group_points) == ("12,5", "1,5")


def test_points_are_for_so_much_money(qtbot: QtBot, shop: BackOffice, screen: CustomersScreen, stage: Stage) -> None:
    screen.show_part(GROUPS)
    view = screen.groups
    type_into(view.points.editor("points_per"), "2", stage)
    type_into(view.points.editor("points_without"), "Bakery, Gift cards", stage)
    press("Ctrl+S")

    def rule() -> tuple[int, tuple[str, ...]]:
        found = till_queries.shop_of(shop.reader, "t1")
        assert found is not None
        return found.points.per, found.points.without

    qtbot.waitUntil(lambda: rule() == (200, ("Bakery", "Gift cards")))


def test_what_makes_no_sense_of_a_group_is_said(screen: CustomersScreen, stage: Stage) -> None:
    screen.show_part(GROUPS)
    view = screen.groups
    type_into(view.group.editor("group_points"), "many", stage)
    type_into(view.list.editor("list_off"), "120", stage)
    press("Ctrl+S")
    assert set(view.session.errors) == {"group_name", "group_points", "list_name", "list_off"}
    view.session.discard()
    assert view.session.errors == {}
    screen.show_part(PEOPLE)
    assert isinstance(screen.typing_place(), QLineEdit)
