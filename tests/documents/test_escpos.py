"""The bytes that go to a receipt printer: to the byte where it matters, and read back by an interpreter not ours."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.documents import raster
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import (
    Align,
    Barcode,
    Block,
    Columns,
    Cut,
    Feed,
    KickDrawer,
    Paper,
    Picture,
    QrCode,
    Rule,
    Size,
    Text,
)
from omsdesk.documents.printer_profile import (
    EPSON_58,
    EPSON_80,
    EPSON_80_WIDE,
    GENERIC_58,
    GENERIC_80,
    PROFILES,
    PrinterProfile,
    verified_pages,
)
from omsdesk.documents.receipt import copy_of, receipt_paper
from omsdesk.documents.shift_report import shift_report_paper
from omsdesk.documents.typeset import Line, typeset
from tests.devices.foreign_printer import ForeignPrinter, Sheet
from tests.documents.samples import (
    AMERICAN,
    CZECH,
    FOREIGN,
    HEBREW,
    LETTERHEAD,
    LONG,
    ORDINARY,
    REFUND,
    SALE_ID,
    Z_REPORT,
    logo,
)

INIT = b"\x1b@\x1dP\x00\xcb\x1bR\x00\x1dL\x00\x00\x1dW\xf8\x01\x1bt\x00"
"""Reset; distances in dots; American characters; no margin, 504 dots; table 0."""

UNKNOWN_TO_EMUPOS = "printer.command.unknown {'bytes': '1b 52 00', 'command': 'ESC R'}"
"""The one command of ours that emupos does not model; every Epson TM does."""

DOCUMENTS = {
    "ordinary": receipt_paper(ORDINARY),
    "with logo": receipt_paper(replace(ORDINARY, letterhead=replace(LETTERHEAD, logo=logo()))),
    "long": receipt_paper(LONG),
    "copy": receipt_paper(copy_of(ORDINARY)),
    "training": receipt_paper(replace(ORDINARY, is_training=True)),
    "refund": receipt_paper(REFUND),
    "american": receipt_paper(AMERICAN),
    "czech": receipt_paper(CZECH),
    "foreign": receipt_paper(FOREIGN),
    "z report": shift_report_paper(Z_REPORT),
}


def after_init(*blocks: Block, profile: PrinterProfile = EPSON_80) -> bytes:
    payload = render(blocks, profile).payload
    assert payload.startswith(INIT)
    return payload[len(INIT) :]


def printed(paper: Paper, profile: PrinterProfile = EPSON_80) -> Sheet:
    """What the foreign interpreter makes of a document; it must have understood every byte."""
    printer = ForeignPrinter()
    sheet = printer.print(render(paper, profile).payload)
    assert set(printer.complaints) <= {UNKNOWN_TO_EMUPOS}
    return sheet


# --- to the byte ------------------------------------------------------------------------------------------------------


def test_a_line_of_text() -> None:
    assert after_init(Text("Hello")) == b"\x1b3\x1eHello\n"


def test_settings_are_sent_only_where_they_change() -> None:
    blocks = (Text("a", is_bold=True), Text("b", is_bold=True), Text("c"), Text("d", size=Size.SMALL))
    assert after_init(*blocks) == b"\x1bE\x01\x1b3\x1ea\nb\n\x1bE\x00c\n\x1bM\x01\x1b3\x15d\n"


def test_large_letters() -> None:
    assert after_init(Text("A", size=Size.LARGE)) == b"\x1d!\x11\x1b3\x38A\n"
    only_high = after_init(Text("Feinkosthandlungen am Markt", size=Size.LARGE), profile=EPSON_80)
    assert only_high.startswith(b"\x1d!\x11")
    assert b"\x1d!\x01" in after_init(Text("Donaudampfschifffahrtsges", size=Size.LARGE))


def test_columns_are_padded_to_the_width_of_the_paper() -> None:
    assert after_init(Columns("Coffee", "3.10")) == b"\x1b3\x1eCoffee" + b" " * 32 + b"3.10\n"


def test_a_bar_is_white_on_black_and_its_lines_touch() -> None:
    text = Text("COPY", Align.CENTER, is_inverted=True)
    assert after_init(text) == b"\x1dB\x01\x1b3\x18" + b" " * 19 + b"COPY" + b" " * 19 + b"\n"


def test_tables_are_switched_by_number_before_the_letters_that_need_them() -> None:
    assert after_init(Text("5 €")) == b"\x1b3\x1e\x1bt\x135 \xd5\n"
    assert after_init(Text("kůň 5 €")) == b"\x1b3\x1e\x1bt\x12k\x85\xe5 5 \x1bt\x13\xd5\n"


def test_a_rule_is_two_rows_of_dots_with_air() -> None:
    assert after_init(Rule()) == b"\x1bJ\x06" + b"\x1dv0\x00\x3f\x00\x02\x00" + b"\xff" * 126 + b"\x1bJ\x08"


def test_feed_cut_and_drawer() -> None:
    assert after_init(Feed(2)) == b"\x1bJ\x18"
    assert after_init(Cut()) == b"\x1dVB\x00"
    assert after_init(KickDrawer()) == b"\x1bp\x00\x32\x32"


def test_the_drawer_opens_at_the_pin_of_the_profile() -> None:
    printer = ForeignPrinter()
    printer.print(render((KickDrawer(), Text("a")), EPSON_80).payload)
    printer.print(render((KickDrawer(), Text("a")), replace(EPSON_80, kick_pin=5)).payload)
    assert printer.drawer_kicks == [2, 5]


def test_a_drawer_that_is_slow_gets_power_for_longer() -> None:
    assert after_init(KickDrawer(), profile=replace(EPSON_80, kick_pin=5, pulse_ms=300)) == b"\x1bp\x01\x96\x96"
    most = render((KickDrawer(),), replace(EPSON_80, pulse_ms=500)).payload
    assert most.endswith(b"\x1bp\x00\xfa\xfa")


def test_a_native_qr_code_is_centred() -> None:
    data = after_init(QrCode("abc"))
    assert data.startswith(b"\x1ba\x01\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x05\x1d(k\x03\x001E1\x1d(k\x06\x001P0abc")
    assert data.endswith(b"\x1d(k\x03\x001Q0\x1ba\x00")


def test_a_code_128_symbol_escapes_its_own_escape() -> None:
    assert b"\x1dk\x49\x06{B1{{2" in after_init(Barcode("1{2"))


def test_an_other_printer_leaves_two_byte_mode_first() -> None:
    assert render((), GENERIC_80).payload.startswith(b"\x1b@\x1c.")


def test_a_printer_without_a_blade_feeds_instead() -> None:
    assert render((Cut(),), GENERIC_58).payload.endswith(b"\x1bd\x05")


# --- text that no table holds -----------------------------------------------------------------------------------------


def test_a_line_with_one_strange_letter_is_drawn_whole() -> None:
    data = after_init(Text("Tea ₹ 50"))
    assert data.startswith(b"\x1dv0\x00\x3f\x00\x1e\x00")
    assert b"Tea" not in data


def test_drawn_lines_next_to_one_another_are_one_picture() -> None:
    assert after_init(Text(HEBREW), Text(HEBREW)).count(b"\x1dv0") == 1


def test_no_question_mark_ever_stands_for_a_letter() -> None:
    for name, paper in DOCUMENTS.items():
        assert b"?" not in _texts(render(paper).payload), name


def _texts(payload: bytes) -> bytes:
    """The text of a payload, as the foreign interpreter cuts it from the commands."""
    from tests.devices.foreign_printer import _emupos

    tokenizer = _emupos("emupos.printer.escpos.tokenizer")
    return b"".join(t.data for t in tokenizer.Tokenizer().feed(payload) if isinstance(t, tokenizer.Text))


def test_a_letter_that_no_font_has_is_noted() -> None:
    rendered = render((Text("Crab \U0003fffd"), Text("Crab \U0003fffd")))
    assert len(rendered.notes) == 1
    assert "U+3FFFD" in rendered.notes[0]
    assert render((Text("Žluťoučký €"),)).notes == ()


def test_a_generic_printer_draws_all_that_is_not_in_its_one_table() -> None:
    sheet = printed((Text("5 €"), Text("Café")), GENERIC_80)
    assert "Café" in sheet.text
    assert "[image" in sheet.text


EVERY_SCRIPT = (
    "₽ 790 ₺ 45 ₹ 50 € 2", "ชาไทยเย็น ที่ร้าน น้ำ", "日本茶 抹茶ラテ", "قهوة عربية 250 غ", f"{HEBREW} 2 × 5 ₪",
    "हिन्दी क्षत्रिय चाय", "தமிழ் கொழுக்கட்டை", "Zażółć gęślą jaźń", "Ελένη Παπαδοπούλου", "한국어 김치찌개", "繁體臺灣 简体",
)  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("words", EVERY_SCRIPT)
def test_every_script_comes_out_as_text_that_is_right_or_as_the_picture_of_it(
    words: str, profile: PrinterProfile
) -> None:
    rendered = render((Columns(words, "9,90"), Cut()), profile)
    assert (rendered.notes, b"?" in _texts(rendered.payload)) == ((), False)
    sheet = printed((Columns(words, "9,90"), Cut()), profile)
    if words in sheet.text:
        return
    (line,) = [row for row in typeset((Columns(words, "9,90"),), profile.grid) if isinstance(row, Line)]
    drawn = raster.draw_line(line, profile.dots)
    seen = sheet.picture.convert("1").crop((0, 0, profile.dots, drawn.height))
    assert seen.tobytes() == drawn.tobytes(), "the foreign printer shows what was drawn, dot by dot"


@pytest.mark.parametrize("pages", ["none", "16", "0,16,19"])
def test_only_tables_that_were_seen_to_be_right_are_used(pages: str) -> None:
    profile = replace(EPSON_80, code_pages=verified_pages(pages))
    payload = render(DOCUMENTS["czech"], profile).payload
    chosen = {payload[at + 2] for at in range(len(payload)) if payload[at : at + 2] == b"\x1bt"}
    assert chosen <= {page.number for page in profile.code_pages}
    assert b"?" not in _texts(payload)
    assert printed(DOCUMENTS["czech"], profile).codes == (SALE_ID,)


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_lines_of_dots_go_in_slices_that_a_printer_can_recover_between() -> None:
    data = after_init(*(Text(HEBREW),) * 25)
    rows = [int.from_bytes(data[i + 6 : i + 8], "little") for i in range(len(data)) if data[i : i + 4] == b"\x1dv0\x00"]
    assert len(rows) > 2
    assert set(rows[:-1]) == {256}
    assert 0 < rows[-1] <= 256


def test_a_tall_logo_takes_25_mm_of_paper() -> None:
    data = after_init(Picture(logo(100, 700)))
    assert data.startswith(b"\x1dv0\x00")
    assert int.from_bytes(data[6:8], "little") == EPSON_80.tallest_picture


def test_a_picture_wider_than_the_paper_is_scaled_down() -> None:
    data = after_init(Picture(logo(2000, 400)))
    assert data.startswith(b"\x1dv0\x00\x3f\x00\x65\x00")


def test_a_logo_that_is_no_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="Choose a PNG or JPEG"):
        render((Picture(b"not a picture"),))


def test_a_barcode_too_wide_for_the_paper_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="too wide"):
        render((Barcode("A" * 60),), GENERIC_58)


# --- read back --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", [EPSON_80, EPSON_58, EPSON_80_WIDE], ids=["42", "32", "48"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_foreign_interpreter_understands_every_byte_of_every_document(name: str, profile: PrinterProfile) -> None:
    sheet = printed(DOCUMENTS[name], profile)
    assert "TOTAL" in sheet.text


def test_the_whole_czech_receipt_comes_out_as_text() -> None:
    sheet = printed(receipt_paper(CZECH))
    for words in ("Žluťoučký kůň, čokoláda", "3 × 12,50 €", "Děkujeme, přijďte zas!", "Served by Jiří"):
        assert words in sheet.text
    assert "TOTAL         37,50 €" in sheet.text
    assert sheet.text.count("[image") == 3  # the rules


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_scanner_reads_the_sale_from_the_paper(profile: PrinterProfile) -> None:
    assert printed(receipt_paper(ORDINARY), profile).codes == (SALE_ID,)


@pytest.mark.parametrize("profile", [EPSON_80, GENERIC_80, GENERIC_58], ids=["native", "drawn", "drawn narrow"])
def test_a_scanner_reads_a_barcode_from_the_paper(profile: PrinterProfile) -> None:
    assert printed((Barcode("1A-000123"), Cut()), profile).codes == ("1A-000123",)


def test_nothing_is_printed_beyond_the_width_of_the_profile() -> None:
    for profile in (EPSON_80, EPSON_58):
        picture = printed(DOCUMENTS["with logo"], profile).picture
        beyond = picture.crop((profile.dots, 0, picture.width, picture.height))
        assert beyond.getextrema() == (255, 255)


def test_right_columns_rules_and_drawn_lines_end_at_one_margin() -> None:
    sheet = printed((Rule(), Columns("a", "H"), Columns("₹", "H"), Cut()))
    ink = sheet.picture.point(lambda level: 255 - level)
    boxes = [ink.crop((0, top, ink.width, top + 24)).getbbox() for top in (0, 18, 50)]
    right = [box[2] for box in boxes if box is not None]
    assert len(right) == 3
    assert max(right) - min(right) <= 4


# --- the library below ------------------------------------------------------------------------------------------------


def test_python_escpos_leaves_no_folder_behind_and_says_nothing(tmp_path: Path) -> None:
    code = (
        "from omsdesk.documents.escpos import render; from omsdesk.documents.paper import *;"
        "render((Rule(), QrCode('a'), Barcode('b'), Cut()))"
    )
    # A temporary folder of its own, so that only this process can leave anything there.
    environment = {"TMPDIR": str(tmp_path), "HOME": str(tmp_path / "home"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, cwd=Path.cwd(), check=True, text=True
    )
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert (done.stdout, done.stderr) == ("", "")
    assert tempfile.mkdtemp.__module__ == "tempfile"


def test_python_escpos_is_not_loaded_before_the_first_print() -> None:
    code = "import sys, omsdesk.documents.escpos; raise SystemExit('escpos' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
