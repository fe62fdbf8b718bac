"""From what a scanner sent to what the label says, whatever the scanner adds and whatever its way changed."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.scanner import GS, GS1_AIMS, Reader, Scan, ScannerOptions

GTIN = "4006381333931"


def read(raw: str, options: ScannerOptions | None = None) -> Scan:
    found = Reader(options, "scanner-1").read(raw, 1.0)
    assert found is not None
    return found


@pytest.mark.parametrize("raw", [GTIN, f"{GTIN}\r", f"{GTIN}\r\n", f"{GTIN}\t", f"\x02{GTIN}\x03", f"{GTIN}\x00"])
def test_what_ends_a_code_is_no_part_of_it(raw: str) -> None:
    assert read(raw) == Scan(GTIN, "", "scanner-1", 1.0, raw)


@pytest.mark.parametrize("raw", ["", "\r\n", "   ", "\x02\x03", "]E0", "\x1d"])
def test_nothing_is_no_scan(raw: str) -> None:
    assert Reader().read(raw, 1.0) is None


def test_the_symbology_identifier_is_taken_off_and_kept() -> None:
    assert read(f"]E0{GTIN}").text == GTIN
    assert read(f"]E0{GTIN}").aim == "]E0"
    assert read("]A0AB-12").code == "AB-12"


def test_a_code_of_gs1_says_so_to_whoever_looks_for_it() -> None:
    scan = read(f"]C10104006381333931{GS}")
    assert (scan.text, scan.aim, scan.code) == ("0104006381333931", "]C1", "]C10104006381333931")


def test_a_link_keeps_what_the_square_code_said_of_itself() -> None:
    assert read("]Q1https://id.gs1.org/01/04006381333931").code == "https://id.gs1.org/01/04006381333931"


def test_prefix_and_suffix_are_taken_off_where_they_are_there() -> None:
    options = ScannerOptions(prefix="~", suffix="#")
    assert read(f"~{GTIN}#\r", options).text == GTIN
    assert read(f"~]E0{GTIN}#", options).aim == "]E0"
    assert read(GTIN, options).text == GTIN
    assert read("~~A##", options).text == "~A#"


def test_the_mark_of_a_maker_is_taken_off_unless_it_is_everybodys() -> None:
    options = ScannerOptions(prefix="!", mark=1)
    assert read(f"!A{GTIN}", options).text == GTIN
    assert read(f"!]E0{GTIN}", options).text == GTIN


@pytest.mark.parametrize("sent", ["␝", "<GS>", "{gs}", "[GS]", r"\x1d"])
def test_a_separator_that_was_written_out_is_one(sent: str) -> None:
    assert read(f"]C1010400638133393110A{sent}21B").text == f"010400638133393110A{GS}21B"


def test_what_stands_in_place_of_the_separator_is_put_right() -> None:
    options = ScannerOptions(group="|")
    assert read("]d210A|21B", options).text == f"10A{GS}21B"
    assert read("10A|21B", options).text == f"10A{GS}21B"
    assert read("]d110A|21B", options).text == "10A|21B", "this code is not GS1's"
    assert read("https://shop.example/a|b", options).text == "https://shop.example/a|b"


def test_a_separator_before_everything_means_gs1() -> None:
    assert read(f"{GS}010400638133393110A").code == "]C1010400638133393110A"


def test_letters_of_another_keyboard_are_put_right() -> None:
    french = ScannerOptions(layout="&1é2\"3'4(5-6è7_8ç9à0)-qaQA$]")
    assert read('\'àà-"_&"""ç"&', french).text == GTIN
    assert read('$E0\'àà-"_&"""ç"&', french).aim == "]E0"
    assert read("Q)&", french).text == "A-1"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("]E4" + "01234565", "01234565"),
        ("]E0" + "01234565", "012345000065"),
        ("04252614", "042100005264"),
        ("96385074", "96385074"),
        ("]C0" + "04252614", "042100005264"),
        ("]E3" + "978047111709405", "9780471117094"),
        ("]E3" + "978047111709451995", "9780471117094"),
        ("978047111709451995", "9780471117094"),
        ("400638133393151995", "400638133393151995"),
        ("4006381333930", "4006381333930"),
        ("AB123", "AB123"),
    ],
)
def test_numbers_of_goods_are_brought_into_one_form(raw: str, text: str) -> None:
    assert read(raw).text == text


def test_eight_digits_that_are_both_are_what_the_scanner_is_set_to() -> None:
    # A UPC-E whose check digit is right for an EAN-8, too.
    both = next(
        code for code in (f"0{six:06d}{digit}" for six in range(400_000, 401_000) for digit in range(10))
        if read(code).text == code and read(code, ScannerOptions(is_upc_e=True)).text != code
    )  # fmt: skip
    assert len(read(both, ScannerOptions(is_upc_e=True)).text) == 12


def test_a_scanner_that_stands_and_looks_reads_a_thing_once() -> None:
    reader = Reader(ScannerOptions(repeat_ms=1000))
    assert reader.read(GTIN, 10.0) is not None
    assert reader.read(GTIN, 10.9) is None
    assert reader.read(GTIN, 11.8) is None, "it still lies there"
    assert reader.read("96385074", 11.9) is not None
    assert reader.read(GTIN, 12.0) is not None
    assert reader.read(GTIN, 13.1) is not None


def test_one_in_the_hand_reads_it_as_often_as_it_is_pulled() -> None:
    reader = Reader()
    assert all(reader.read(GTIN, 10.0) for _ in range(3))


OPTIONS = st.builds(
    ScannerOptions,
    title=st.text(max_size=8),
    prefix=st.text(max_size=3),
    suffix=st.text(max_size=3),
    mark=st.integers(0, 3),
    group=st.text(max_size=2),
    layout=st.text(max_size=9),
    is_upc_e=st.booleans(),
    repeat_ms=st.integers(0, 5000),
)


@given(OPTIONS)
def test_options_are_plain_values_and_come_back(options: ScannerOptions) -> None:
    values = options.to_dict()
    assert all(type(value) in {str, int, bool} for value in values.values())
    assert ScannerOptions.from_dict(values) == options


def test_of_a_file_what_cannot_be_is_left_at_its_default() -> None:
    values = tomllib.loads('prefix = "~"\nmark = "one"\nrepeat_ms = true\ncolour = "red"\n')
    assert ScannerOptions.from_dict(values) == ScannerOptions(prefix="~")
    assert ScannerOptions().to_dict() == {}


@given(options=OPTIONS, raw=st.text(max_size=40))
def test_nothing_that_comes_breaks_it(options: ScannerOptions, raw: str) -> None:
    scan = Reader(options).read(raw, 0.0)
    assert scan is None or scan.text.strip()


@given(st.from_regex(r"[0-9A-Z./-]{9,30}", fullmatch=True), st.sampled_from(["", "]C0", "]A0", *GS1_AIMS]))
def test_a_text_goes_through_as_it_is(text: str, aim: str) -> None:
    options = ScannerOptions(prefix="<", suffix=">")
    scan = read(f"<{aim}{text}>\r\n", options)
    assert scan.aim == aim
    assert scan.text == text or (text.isdecimal() and text.startswith(scan.text))
