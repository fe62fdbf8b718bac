"""A birth date as people type it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.ui.days import order_of
from omsdesk.ui.till.goods.birth_date import latest_birth, pattern_of, read_date
from omsdesk.ui.till.goods.incoming import years

TODAY = date(2026, 11, 23)
days = st.dates(date(1907, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("locale", "order", "pattern"),
    [
        ("de-DE", "dmy", "DD MM YYYY"),
        ("en-GB", "dmy", "DD MM YYYY"),
        ("en-US", "mdy", "MM DD YYYY"),
        ("sv-SE", "ymd", "YYYY MM DD"),
    ],
)
def test_the_order_is_that_of_the_country(locale: str, order: str, pattern: str) -> None:
    assert (order_of(locale), pattern_of(locale)) == (order, pattern)


@pytest.mark.parametrize(
    ("text", "locale", "read"),
    [
        ("29021984", "de-DE", date(1984, 2, 29)),
        ("29.2.1984", "de-DE", date(1984, 2, 29)),
        ("02/29/1984", "en-US", date(1984, 2, 29)),
        ("290284", "de-DE", date(1984, 2, 29)),
        ("231126", "de-DE", TODAY),
        ("010127", "de-DE", date(1927, 1, 1)),
        ("840229", "sv-SE", date(1984, 2, 29)),
        ("31022000", "de-DE", None),
        ("24112026", "de-DE", None),
        ("01011800", "de-DE", None),
        ("1984", "de-DE", None),
        ("1 2 345", "de-DE", None),
        ("", "de-DE", None),
    ],
)
def test_what_is_no_birth_date_is_none(text: str, locale: str, read: date | None) -> None:
    assert read_date(text, locale, TODAY) == read


@given(
    born=days, locale=st.sampled_from(["de-DE", "en-US", "sv-SE", "en-IE"]), sign=st.sampled_from(["", ".", "/", "-"])
)
def test_a_date_that_is_written_is_read(born: date, locale: str, sign: str) -> None:
    parts = {"d": f"{born.day:02d}", "m": f"{born.month:02d}", "y": f"{born.year:04d}"}
    assert read_date(sign.join(parts[letter] for letter in order_of(locale)), locale, TODAY) == born


@given(today=st.dates(date(2000, 1, 1), date(2100, 1, 1)), age=st.integers(1, 90))
def test_the_latest_day_is_the_last_on_which_somebody_is_old_enough(today: date, age: int) -> None:
    last = latest_birth(age, today)
    assert years(last, today.isoformat()) >= age
    assert years(last + timedelta(days=1), today.isoformat()) < age
