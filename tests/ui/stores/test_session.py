"""What is told of all stores, and of one."""

from __future__ import annotations

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.ui.stores.session import StoreSheet, StoresSession
from omsdesk.ui.stores.words import StoreRow
from omsdesk.ui.theme import Tone
from tests.ui.back_office import BEN, until
from tests.ui.stores.conftest import HeadOffice, office_of


def begin(office: HeadOffice) -> StoresSession:
    """Begin to look, and wait for the first answer."""
    made = StoresSession(office_of(office))
    made.refresh()
    until(lambda: made.is_read)
    return made


def row(session: StoresSession, name: str) -> StoreRow:
    """Find a store by its name."""
    return next(row for row in session.sheet.rows if row.name == name)


def test_all_stores_are_listed_by_name_with_what_they_took_today(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    assert [row.name for row in session.sheet.rows] == ["Corner Coffee", "Harbour Espresso", "Lakeside Kiosk"]
    corner = row(session, "Corner Coffee")
    assert corner.sales == ("£44.40",)
    assert corner.state == "1 open shift · last sale 10:00"
    assert (corner.delta.text, corner.delta.tone) == ("85 % more than yesterday by now", Tone.OK)
    assert [(column.label, column.value) for column in corner.columns] == [
        ("Tickets", "2"), ("Average", "£22.20"), ("Items", "3"),
    ]  # fmt: skip
    assert corner.chips == (("1 void", Tone.NEUTRAL),)
    kiosk = row(session, "Lakeside Kiosk")
    assert (kiosk.sales, kiosk.state) == (("CHF\N{NO-BREAK SPACE}0.00",), "No open shift · nothing sold yet")


def test_each_currency_is_a_total_of_its_own(office: HeadOffice, qapp: object) -> None:
    totals = begin(office).sheet.totals
    assert [(row.label, row.value) for row in totals] == [
        ("Sales in GBP · 3 tickets", "£50.00"),
        ("Sales in CHF · 0 tickets", "CHF\N{NO-BREAK SPACE}0.00"),
        ("Open now", "2 of 3 stores"),
    ]


def test_yesterday_says_what_was_missing_in_the_drawer(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    session.choose("yesterday")
    until(lambda: row(session, "Corner Coffee").sales == ("£202.00",))
    assert ("Cash short £2.30", Tone.BAD) in row(session, "Corner Coffee").chips
    assert row(session, "Corner Coffee").delta.text == "no sales the day before"


def test_a_store_that_is_opened_tells_all(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    session.open("s1")
    until(lambda: session.store is not None)
    store = session.store
    assert store is not None
    assert [(bar.label, bar.text) for bar in store.bars if bar.amount] == [("09", "£26.40"), ("10", "£18.00")]
    assert (store.bars[0].label, store.bars[-1].label) == ("09", "17")
    assert [(fact.title, fact.amount, fact.note) for fact in store.best] == [
        ("Travel mug, 350 ml", "£24.00", "1 sold"),
        ("V60 dripper, white", "£18.00", "1 sold"),
        ("Butter croissant", "£2.40", "1 sold"),
    ]
    (till,) = store.tills
    assert (till.title, till.detail) == ("Till 1 (1)", "Shift open since 09:00 by Ben Ito")
    assert (till.amount, till.note) == ("last sale 10:00", "heard 10:00")


def test_one_walks_from_store_to_store(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    session.open("s1")
    session.step(1)
    assert session.opened == "s2"
    session.step(-2)
    assert session.opened == "s3"
    session.close()
    assert session.opened == ""


def test_news_are_read_once_however_many_come(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    told: list[str] = []
    session.listeners.append(lambda: told.append(row(session, "Harbour Espresso").sales[0]))
    office.sell("h1", "mug")
    for _ in range(50):
        session.refresh()
    until(lambda: told and told[-1] == "£29.60")
    assert len(told) <= 2


def test_figures_are_for_whoever_may_read_reports(office: HeadOffice, qapp: object) -> None:
    office.person = BEN
    session = begin(office)
    assert not session.may_read
    assert session.sheet.rows == ()
    office.person = None
    session.refresh()
    assert session.sheet.rows == ()


def test_a_station_of_one_store_says_that_it_does_not_hear_the_others(office: HeadOffice, qapp: object) -> None:
    office.store = "s2"
    session = begin(office)
    assert [(row.name, row.is_heard) for row in session.sheet.rows] == [
        ("Harbour Espresso", True), ("Corner Coffee", False), ("Lakeside Kiosk", False),
    ]  # fmt: skip
    assert "not to this station" in row(session, "Corner Coffee").state
    assert row(session, "Corner Coffee").sales == ()
    assert [figure.value for figure in session.sheet.totals] == ["£5.60", "1 of 1 store"]
    session.open("s1")
    assert session.opened == ""


def test_one_till_of_a_store_is_looked_at_alone(office: HeadOffice, qapp: object) -> None:
    office.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    office.sell("t2", "oat")
    session = begin(office)
    session.open("s1")
    until(lambda: session.store is not None)
    assert [till.name for till in session.tills] == ["Till 1", "Till 2"]
    assert figures(session)["Tickets"] == "3"
    session.choose_till("t2")
    until(lambda: session.store is not None)
    assert (figures(session)["Tickets"], len(store_of(session).tills)) == ("1", 1)
    session.choose_till("t1")
    until(lambda: session.store is not None)
    assert figures(session)["Tickets"] == "2"
    session.open("s2")
    assert session.till == "", "another store has other tills"


def test_the_only_store_is_looked_at_from_the_start(office: HeadOffice, qapp: object) -> None:
    session = begin(office)
    assert not session.is_only_one
    office.writer.run(lambda: office.database.writer.run("DELETE FROM shop WHERE id != 's1'")).result()
    office.store = "s1"
    alone = begin(office)
    until(lambda: alone.store is not None)
    assert alone.is_only_one
    assert alone.opened == "s1"


def store_of(session: StoresSession) -> StoreSheet:
    """What is told of the store that is opened."""
    assert session.store is not None
    return session.store


def figures(session: StoresSession) -> dict[str, str]:
    """The figures of the store that is opened, by name."""
    return {row.label: row.value for row in store_of(session).figures}
