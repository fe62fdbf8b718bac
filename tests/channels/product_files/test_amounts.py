"""Prices as the world writes them are read exactly, and what is no price is refused with its reason."""

from __future__ import annotations

import time

import pytest
from babel.core import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.channels.product_files.amounts import guess_mark, is_amount, read_price, read_quantity
from omsdesk.documents.formats import format_amount, format_money
from omsdesk.domain.values import Money, Quantity, minor_digits


@pytest.mark.parametrize(
    ("text", "currency", "mark", "minor"),
    [
        ("12.5", "EUR", ".", 1250),
        ("12.990000", "EUR", ".", 1299),
        ("0", "EUR", ".", 0),
        (".5", "EUR", ".", 50),
        ("5.", "EUR", ".", 500),
        ("1.234,50 €", "EUR", ".", 123450),
        ("1,234.50", "USD", ",", 123450),
        ("€1.234", "EUR", ",", 123400),
        ("1,234", "USD", ".", 123400),
        ("12.345.678", "EUR", ".", 1234567800),
        ("1 234,50", "EUR", ".", 123450),
        ("1\u202f234,50\u00a0€", "EUR", ".", 123450),
        ("1'234.50", "CHF", ".", 123450),
        ("Fr. 12.-", "CHF", ".", 1200),
        ("12,- EUR", "EUR", ",", 1200),
        ("GBP 4,250.00", "GBP", ".", 425000),
        ("£4", "GBP", ".", 400),
        ("R$ 1.234.567,89", "BRL", ",", 123456789),
        ("1,23,456.00", "INR", ".", 12345600),
        ("99 kr", "SEK", ",", 9900),
        ("'19.90", "EUR", ".", 1990),
        ("1500", "JPY", ".", 1500),
        ("1,500", "JPY", ".", 1500),
        ("0.125", "KWD", ".", 125),
        ("2.0999999999999996", "EUR", ".", 210),
        ("0.8200000000000001", "EUR", ".", 82),
    ],
)
def test_prices_are_read_as_they_are_meant(text: str, currency: str, mark: str, minor: int) -> None:
    assert read_price(text, currency, mark) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12.345", "has more decimals than EUR has"),
        ("1234.567", "has more decimals"),
        ("1.2345678", "has more decimals"),
        ("-5", "is negative"),
        ("(5.00)", "is negative"),
        ("5.00-", "is negative"),
        ("€ −5", "is negative"),
        ("abc", "is not an amount in EUR"),
        ("12 pcs", "is not an amount"),
        ("$5", "is not an amount in EUR"),
        ("5 USD", "is not an amount in EUR"),
        ("1.2.3", "is not an amount"),
        ("1 2345", "is not an amount"),
        ("1.000.00", "is not an amount"),
        ("12,34,5", "is not an amount"),
        ("1e5", "is not an amount"),
        ("nan", "is not an amount"),
        ("\u0663", "is not an amount"),
        ("4006381333931", "Is it a barcode"),
        ("9" * 60, "is not an amount"),
    ],
)
def test_what_is_no_price_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as refused:
        read_price(text, "EUR")
    assert text.strip("-") in str(refused.value)


def test_no_text_is_no_price() -> None:
    assert read_price("", "EUR") is None
    assert read_price("  ", "EUR") is None


def grouped(digits: str, separator: str) -> str:
    head = len(digits) % 3 or 3
    return separator.join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))])


@given(
    st.integers(0, 10**11),
    st.sampled_from(["EUR", "GBP", "USD", "CHF", "KWD"]),
    st.sampled_from([(".", ","), (",", "."), (".", " "), (",", "\u00a0"), (".", "'"), (".", ""), (",", "")]),
    st.sampled_from(["{}", "{} {c}", "{c} {}", " {}  "]),
    st.booleans(),
)
def test_any_price_comes_back_however_it_is_written(
    minor: int, currency: str, style: tuple[str, str], frame: str, trailing: bool
) -> None:
    mark, separator = style
    digits = str(minor).zfill(minor_digits(currency) + 1)
    whole, fraction = digits[: -minor_digits(currency)], digits[-minor_digits(currency) :]
    text = f"{grouped(whole, separator)}{mark}{fraction}{'0000' if trailing else ''}"
    assert read_price(frame.format(text, c=currency), currency, mark) == Money(minor, currency)


@given(st.text(max_size=30), st.sampled_from(["EUR", "JPY"]), st.sampled_from(".,"))
def test_any_text_is_a_price_or_refused(text: str, currency: str, mark: str) -> None:
    try:
        price = read_price(text, currency, mark)
    except ValueError:
        return
    assert price is None or price.minor >= 0


@given(st.integers(-(10**12), 10**12))
def test_any_quantity_comes_back(micro: int) -> None:
    assert read_quantity(f"{Quantity(micro).decimal:f}") == Quantity(micro)


def test_quantities_may_be_negative_and_grouped() -> None:
    assert read_quantity("-3") == Quantity.of(-3)
    assert read_quantity("1.250,5", ",") == Quantity.of("1250.5")
    assert read_quantity("") is None
    for wrong in ("many", "3 boxes", "0.1234567"):
        with pytest.raises(ValueError, match=r"not a number|six decimals"):
            read_quantity(wrong)


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        ([], "."),
        (["abc", ""], "."),
        (["1.234", "5,00"], ","),
        (["1.234,00 €"], ","),
        (["1.234.567"], ","),
        (["9.99", "1,234.00"], "."),
        (["1,234"], "."),
        (["12,5", "3.50", "4,20"], ","),
    ],
)
def test_the_decimal_mark_is_told_by_amounts_that_can_be_read_one_way_only(texts: list[str], mark: str) -> None:
    assert guess_mark(texts) == mark


SHOPS = {
    "en-GB": "GBP", "en-US": "USD", "de-DE": "EUR", "fr-FR": "EUR", "cs-CZ": "CZK", "pl-PL": "PLN", "ja-JP": "JPY",
    "ko-KR": "KRW", "zh-CN": "CNY", "zh-TW": "TWD", "zh-HK": "HKD", "ar-KW": "KWD", "ar-AE": "AED", "ar-EG": "EGP",
    "ar-IQ": "IQD", "fr-TN": "TND", "he-IL": "ILS", "hi-IN": "INR", "bn-BD": "BDT", "th-TH": "THB", "vi-VN": "VND",
    "id-ID": "IDR", "ms-MY": "MYR", "fil-PH": "PHP", "de-CH": "CHF", "fr-CH": "CHF", "sv-SE": "SEK", "nb-NO": "NOK",
    "da-DK": "DKK", "is-IS": "ISK", "hu-HU": "HUF", "ro-RO": "RON", "bg-BG": "BGN", "tr-TR": "TRY", "ru-RU": "RUB",
    "uk-UA": "UAH", "kk-KZ": "KZT", "ka-GE": "GEL", "hy-AM": "AMD", "pt-BR": "BRL", "es-MX": "MXN", "es-AR": "ARS",
    "es-CL": "CLP", "es-CO": "COP", "es-PE": "PEN", "es-CR": "CRC", "es-PY": "PYG", "en-CA": "CAD", "fr-CA": "CAD",
    "en-AU": "AUD", "en-NZ": "NZD", "en-SG": "SGD", "en-ZA": "ZAR", "en-KE": "KES", "en-NG": "NGN", "en-GH": "GHS",
}  # fmt: skip


@pytest.mark.parametrize(("locale", "currency"), SHOPS.items(), ids=SHOPS)
@settings(max_examples=25)
@given(minor=st.integers(0, 10**12 - 1), has_currency=st.booleans())
def test_a_price_that_we_wrote_ourselves_is_read_back_in_every_country(
    locale: str, currency: str, minor: int, has_currency: bool
) -> None:
    money = Money(minor, currency)
    mark = str(Locale.parse(locale, sep="-").number_symbols["latn"]["decimal"])
    written = (format_money if has_currency else format_amount)(money, locale)
    assert read_price(written, currency, mark) == money
    assert is_amount(written)


@given(text=st.text(max_size=60), currency=st.sampled_from(["EUR", "JPY", "KWD"]), mark=st.sampled_from([".", ","]))
def test_any_text_is_a_price_or_a_sentence(text: str, currency: str, mark: str) -> None:
    try:
        money = read_price(text, currency, mark)
    except ValueError as refusal:
        sentence = str(refusal)
        assert sentence.startswith("The price")
        assert sentence.endswith((".", "?"))
    else:
        assert (money is None) == (not text.strip())
        assert money is None or money.minor >= 0


@given(
    sign=st.sampled_from(["-", "\N{MINUS SIGN}", "\N{EN DASH}"]),
    minor=st.integers(1, 10**9),
    place=st.sampled_from(["{0}{1}", "{0} {1}", "{1}{0}", "€{0}{1}", "{0}€{1}", "({1})"]),
)
def test_a_negative_price_is_never_read_as_a_positive_one(sign: str, minor: int, place: str) -> None:
    written = place.format(sign, format_amount(Money(minor, "EUR"), "en-GB"))
    with pytest.raises(ValueError, match="is negative"):
        read_price(written, "EUR")


@pytest.mark.parametrize("text", ["." * 40, "1," * 20, "(" * 40, "a." * 20, "1 " * 20, "'" * 40, "-" * 40, "1" * 10**6])
def test_nothing_that_looks_like_an_amount_takes_long_to_refuse(text: str) -> None:
    start = time.thread_time()
    with pytest.raises(ValueError, match=r"not an amount|too large"):
        read_price(text, "EUR")
    assert time.thread_time() - start < 0.1
