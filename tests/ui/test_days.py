"""Days as people type and read them, in their country's form and in the international one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.ui.days import day_text, example, order_of, parts_of, read_day

TODAY = "2026-11-23"
LOCALES = ["en-GB", "en-US", "de-DE", "fr-CH", "nl-NL", "sv-SE", "ja-JP", "hu-HU", "pl-PL", "pt-BR", "ar-EG", "fr-CA"]


@pytest.mark.parametrize(
    ("locale", "order", "written"),
    [
        ("en-GB", "dmy", "31/12/2026"),
        ("en-US", "mdy", "12/31/2026"),
        ("de-DE", "dmy", "31.12.2026"),
        ("nl-NL", "dmy", "31-12-2026"),
        ("sv-SE", "ymd", "2026-12-31"),
        ("ja-JP", "ymd", "2026/12/31"),
        ("ar-EG", "dmy", "31/12/2026"),
    ],
)
def test_a_day_is_written_as_in_the_country(locale: str, order: str, written: str) -> None:
    assert order_of(locale) == order
    assert day_text("2026-12-31", locale) == written
    assert read_day(written, locale) == "2026-12-31"


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), locale=st.sampled_from(LOCALES))
def test_what_is_written_is_read_as_the_same_day_and_so_is_iso(day: date, locale: str) -> None:
    iso = day.isoformat()
    assert read_day(day_text(iso, locale), locale) == read_day(iso, locale) == iso


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", ""),
        ("  ", ""),
        ("1.3.2027", "2027-03-01"),
        ("1.3.27", "2027-03-01"),
        ("01 03 27", "2027-03-01"),
        ("010327", "2027-03-01"),
        ("01032027", "2027-03-01"),
        ("2027-3-1", "2027-03-01"),
        ("today", TODAY),
        ("Tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("+14", "2026-12-07"),
        ("+ 0", TODAY),
    ],
)
def test_it_is_understood_however_it_is_typed(typed: str, day: str) -> None:
    assert read_day(typed, "de-DE", TODAY) == day


@pytest.mark.parametrize(
    "typed", ["31.2.2027", "soon", "1.3.", "1.3.2027 x", "5", "+99999", "2027-13-01", "1.3.207", "+"]
)
@pytest.mark.parametrize("locale", ["de-DE", "en-US"])
def test_what_is_no_day_is_said_with_one_that_is(typed: str, locale: str) -> None:
    with pytest.raises(ValueError, match="is not a day") as said:
        read_day(typed, locale, TODAY)
    assert str(said.value).endswith(f"{example(locale)}.")


def test_a_month_never_passes_for_a_day() -> None:
    with pytest.raises(ValueError, match="12/31/2027"):
        read_day("31/12/2027", "en-US")


def test_words_count_from_the_day_of_this_computer_where_none_is_said() -> None:
    before = datetime.now().astimezone().date()
    found = date.fromisoformat(read_day("+1", "en-GB"))
    assert found - before in {timedelta(days=1), timedelta(days=2)}


def test_what_is_no_day_is_left_as_it_was_typed() -> None:
    assert day_text("", "de-DE") == ""
    assert day_text("soon", "de-DE") == "soon"


def test_parts_are_three_and_a_year_is_a_year() -> None:
    assert parts_of("1/2/03", "dmy") == ("03", "2", "1")
    for text in ("1/2", "1/2/3/4", "1/2/3"):
        with pytest.raises(ValueError, match=r"zip|year"):
            parts_of(text, "dmy")
