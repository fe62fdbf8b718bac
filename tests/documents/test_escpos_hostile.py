"""What malicious, hurried and unlucky people put on a receipt, and what reaches the printer of it."""

from __future__ import annotations

import io
import struct
import zlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.devices.drivers.simulator.commands import commands
from omsdesk.documents import pdf, plain, raster
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Barcode, Block, Columns, Cut, Feed, Paper, Picture, QrCode, Size, Table, Text
from omsdesk.documents.printer_profile import EPSON_58, EPSON_80, GENERIC_58, GENERIC_80, PROFILES, PrinterProfile
from omsdesk.documents.receipt import Receipt, ReceiptLine, receipt_paper
from omsdesk.documents.shift_report import CashMovement, Counted, CountedTender, shift_report_paper
from omsdesk.domain.values import ONE, Money
from tests.devices.foreign_printer import ForeignPrinter, _emupos
from tests.documents.samples import CZECH, HEBREW, LETTERHEAD, ORDINARY, Z_REPORT, logo, pounds

OPENS_THE_DRAWER = "\x1bp\x00\x19\xfa"
CUTS = "\x1dV\x00"
ANYTHING = st.text(max_size=40)
ALL_PROFILES = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


def sold(name: str) -> Receipt:
    """A receipt on which every text that somebody can type is this one."""
    line = ReceiptLine(name, ONE, name, pounds("1.00"), pounds("1.00"), (name,))
    head = replace(LETTERHEAD, shop_name=name, address=(name,), phone=name, tax_number=name)
    tax, tender = replace(ORDINARY.taxes[0], name=name, rate=name), replace(ORDINARY.tenders[0], name=name)
    return replace(
        ORDINARY,
        letterhead=head,
        number=name or "1",
        till=name,
        cashier=name,
        lines=(line,),
        taxes=(tax,),
        tenders=(tender,),
        customer=(name,),
        footer=(name,),
    )


def tokens(payload: bytes) -> list[tuple[str, bytes]]:
    """Commands by name, and text, as the foreign interpreter cuts the bytes."""
    tokenizer = _emupos("emupos.printer.escpos.tokenizer")
    return [
        ("", bytes(token.data)) if isinstance(token, tokenizer.Text) else (type(token).__name__, repr(token).encode())
        for token in tokenizer.Tokenizer().feed(payload)
    ]


def kinds(payload: bytes) -> Counter[bytes]:
    return Counter(command.name for command in commands(payload))


# --- nobody commands the printer but us -------------------------------------------------------------------------------


@ALL_PROFILES
@pytest.mark.parametrize("evil", [OPENS_THE_DRAWER, CUTS, "\x10\x14\x01\x00\x05", "\x1b@", "\x1dr\x01", "\x1bt\xff"])
def test_no_name_opens_the_drawer_or_cuts_the_paper(evil: str, profile: PrinterProfile) -> None:
    payload = render(receipt_paper(sold(f"Tea{evil}Cake")), profile).payload
    printer = ForeignPrinter()
    printer.print(payload + b"\x1dVB\x00")
    assert printer.drawer_kicks == []
    assert kinds(payload)[b"\x1dV"] == profile.has_cutter, "one cut, and only where there is a blade"
    assert kinds(payload)[b"\x1b@"] == 1
    assert kinds(payload)[b"\x1bp"] == kinds(payload)[b"\x1dr"] == 0


@settings(max_examples=25)
@given(name=ANYTHING, profile=st.sampled_from(list(PROFILES.values())))
def test_whatever_is_typed_the_bytes_parse_and_hold_our_commands_only(name: str, profile: PrinterProfile) -> None:
    payload = render(receipt_paper(sold(name)), profile).payload
    innocent = render(receipt_paper(ORDINARY), profile).payload
    assert set(kinds(payload)) <= set(kinds(innocent)) | {b"\x1dv0", b"\x1bt", b"\x1d!"}
    assert all(byte >= 0x20 for kind, data in tokens(payload) if kind == "" for byte in data)


def test_a_line_end_inside_a_name_is_a_line_end_and_nothing_is_stuck_together() -> None:
    for end in ("\n", "\r", "\r\n", "\v", "\f", "\x85", "\N{LINE SEPARATOR}"):
        assert plain.render((Text(f"Tea{end}Cake"),)) == "Tea\nCake\n"


@pytest.mark.parametrize("figure", ["Served by May\nand June", "1\r\n2", "₹ 1\n₹ 2"])
def test_a_line_end_where_only_one_line_stands_becomes_a_space(figure: str) -> None:
    paper = (Columns("Front till", figure), Table((("VAT", figure, "1.00"),)), Cut())
    for profile in PROFILES.values():
        assert ForeignPrinter().print(render(paper, profile).payload + b"\x1dVB\x00")
    assert " ".join(figure.split()) in plain.render(paper).replace("  ", " ")
    assert pdf.render(paper, 58).payload.startswith(b"%PDF")


# --- no letter is lost ------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(
    words=st.text(st.characters(codec="cp858", exclude_categories=["Cc", "Cs", "Cf", "Zs"]), min_size=1, max_size=90)
)
@pytest.mark.parametrize("profile", [EPSON_58, EPSON_80], ids=["32", "42"])
def test_every_letter_of_a_name_without_spaces_reaches_the_paper(words: str, profile: PrinterProfile) -> None:
    data = render((Columns(words, "-1,234.50"), Text(words, size=Size.SMALL, indent=2)), profile).payload
    page, said = 0, ""
    for command in commands(data):
        if command.name == b"\x1bt":
            page = command.data[0]
        elif command.name == b"":
            said += command.data.decode(next(p.codec for p in profile.code_pages if p.number == page))
    if b"\x1dv0" in data:  # a letter of this table that no verified table holds, so its line is drawn
        return
    printed = "".join(said.split())
    shown = "".join(plain.render((Text(words),), 500).split())
    assert printed.replace("-1,234.50", "", 1) == shown * 2


@pytest.mark.parametrize("letter", ["Ŵ", "Ж", "Ⅷ", "த"])
@pytest.mark.parametrize("size", [Size.SMALL, Size.NORMAL])
@pytest.mark.parametrize("profile", [GENERIC_58, GENERIC_80], ids=["58", "80"])
def test_a_drawn_line_of_the_widest_letters_is_pressed_together_and_not_cut_off(
    letter: str, size: Size, profile: PrinterProfile
) -> None:
    columns = profile.grid.columns(size)
    marked = letter * (columns - 1) + "▐"  # ends in ink at its right edge
    (line,) = (row for row in raster_lines(Text(marked, size=size), profile))
    box = line.convert("L").point(lambda level: 255 - level).getbbox()
    assert box is not None
    assert profile.dots * 0.6 < box[2] <= profile.dots
    column = line.crop((box[2] - 3, 0, box[2], line.height)).convert("L").histogram()[0]
    assert column >= line.height // 4, "the last sign stands there upright"


def raster_lines(text: Text, profile: PrinterProfile) -> list[raster.Image]:  # type: ignore[name-defined]
    from omsdesk.documents.typeset import Line, typeset

    rows = typeset((text,), profile.grid)
    return [raster.draw_line(row, profile.dots) for row in rows if isinstance(row, Line)]


@pytest.mark.parametrize(
    "name", [HEBREW, "حليب كامل الدسم", "Tea 🍵👨‍👩‍👧‍👦", "\u202eevil\u202c", "a" + "\u0301" * 300, "\u200b" * 50]
)
def test_names_of_every_script_come_out_on_every_printer(name: str) -> None:
    for profile in PROFILES.values():
        sheet = ForeignPrinter().print(render(receipt_paper(sold(name)), profile).payload + b"\x1dVB\x00")
        assert "1.00" in sheet.text or "[image" in sheet.text


def test_a_half_of_a_letter_that_no_file_can_hold_is_left_out() -> None:
    paper = (Text("Tea \ud83c Cake"),)
    assert plain.render(paper) == "Tea  Cake\n"
    assert b"Tea  Cake" in render(paper).payload
    assert pdf.render(paper).notes == ()


# --- amounts that nobody expected -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minor", "currency", "locale", "written"),
    [
        (0, "GBP", "en-GB", "£0.00"),
        (-500, "GBP", "en-GB", "-£5.00"),
        (123456, "KWD", "en-GB", "KWD 123.456"),
        (1234567, "JPY", "ja-JP", "¥1,234,567"),
        (1234567, "KRW", "ko-KR", "₩1,234,567"),
        (-1234567, "JPY", "en-US", "-¥1,234,567"),
        (10**14, "IDR", "id-ID", "Rp 1.000.000.000.000,00"),
    ],
)
def test_totals_of_every_size_and_kind_stand_whole_on_the_narrowest_paper(
    minor: int, currency: str, locale: str, written: str
) -> None:
    money = Money(minor, currency)
    zero = replace(ORDINARY, locale=locale, lines=(), taxes=(), tenders=(), change=None, subtotal=money, total=money)
    said = plain.render(receipt_paper(zero), 32).replace("\N{NO-BREAK SPACE}", " ")
    assert f" {written}\n" in said
    assert ("Refund" in said) is (minor < 0)


@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD", "IDR"])
@pytest.mark.parametrize("width_mm", [58, 80])
def test_figures_of_a_rich_shop_stand_apart_on_its_report(currency: str, width_mm: int) -> None:
    """In the PDF as on paper: a table that is too wide becomes one figure a line, and none covers another."""
    much = Money(123456789012, currency)
    report = replace(
        Z_REPORT,
        opening_float=much,
        tickets=(Counted("Sales", 7, much), Counted("Refunds", 7, -much)),
        came_back=Counted("Brought back", 7, -much),
        tax_total=None,
        cash_payments=much,
        expected_cash=much,
        loads=(Counted("Gift card", 7, much),),
        void_amount=much,
        discounts=much,
        rounding=much,
        total=much,
        taxes=(replace(ORDINARY.taxes[0], net=much, tax=-much),),
        tenders=(CountedTender("Cash", 7, much, much, Money(0, currency)),),
        pay_ins=(CashMovement("From the bank", much),),
        pay_outs=(),
    )
    paper = shift_report_paper(report)
    boxes = words_of(paper, width_mm)
    assert min(left for left, *_ in boxes) >= 0
    assert max(right for _, _, right, _ in boxes) <= width_mm * 72 / 25.4
    crossed = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1 :] if overlap(a, b) > 1]
    assert not crossed


def words_of(paper: Paper, width_mm: int) -> list[tuple[float, float, float, float]]:
    """Where each run of text stands on the first page of a PDF: left, bottom, right, top."""
    import pypdfium2

    page = pypdfium2.PdfDocument(pdf.render(paper, width_mm).payload)[0].get_textpage()
    return [page.get_rect(index) for index in range(page.count_rects())]


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """How wide two boxes cover one another, in points, where they share more than a line's edge."""
    across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return across if down > 2 else 0.0


def test_five_hundred_lines_are_printed_to_the_last() -> None:
    line = ORDINARY.lines[1]
    lines = tuple(replace(line, name=f"Croissant {n} čokoláda") for n in range(500))
    paper = receipt_paper(replace(CZECH, lines=lines))
    said = b"".join(data for kind, data in tokens(render(paper).payload) if kind == "").decode("cp852")
    assert all(f"Croissant {n} čokoláda" in said for n in range(500))
    drawn = [command.data[3:5] for command in commands(render(paper, GENERIC_58).payload) if command.name == b"\x1dv0"]
    assert sum(int.from_bytes(rows, "little") for rows in drawn) > 500 * 30
    assert len(pdf.render(paper).payload) < 200_000


# --- paper that would be wasted or never come -------------------------------------------------------------------------


def test_much_empty_paper_is_fed_in_steps_that_the_command_can_hold() -> None:
    fed = [command.data[0] for command in commands(render((Feed(50),)).payload) if command.name == b"\x1bJ"]
    assert sum(fed) == 600
    assert max(fed) <= 255
    assert not [c for c in commands(render((Feed(0),)).payload) if c.name == b"\x1bJ"]


@ALL_PROFILES
@pytest.mark.parametrize("length", [1, 36, 300, 900])
def test_a_qr_code_that_would_be_wider_than_the_paper_is_printed_finer(length: int, profile: PrinterProfile) -> None:
    content = "https://shop.example/r/" + "x" * length
    sheet = ForeignPrinter().print(render((QrCode(content, 6), Text("below"), Cut()), profile).payload + b"\x1dVB\x00")
    assert sheet.codes == (content,)


@pytest.mark.parametrize("content", ["", "x" * 2332, "č" * 1200])
def test_a_qr_code_that_no_printer_could_print_is_refused_at_once(content: str) -> None:
    with pytest.raises(ValueError, match="holds 1 to 2,331 bytes"):
        QrCode(content)


@pytest.mark.parametrize("content", ["", "Č", "1A\x1b@", "12\n", "€5"])
def test_a_barcode_of_what_no_barcode_can_hold_is_refused_at_once(content: str) -> None:
    with pytest.raises(ValueError, match="letters from A to Z, digits and plain signs"):
        Barcode(content)


@pytest.mark.parametrize("profile", [EPSON_80, EPSON_58], ids=["80", "58"])
def test_a_barcode_that_the_printer_itself_would_leave_out_is_drawn_where_that_fits(profile: PrinterProfile) -> None:
    """Epson printers print nothing at all for a symbol that is wider than the line."""
    digits = "0123456789" * (3 if profile is EPSON_80 else 2)
    payload = render((Barcode(digits), Cut()), profile).payload
    assert kinds(payload)[b"\x1dk"] == 0
    assert ForeignPrinter().print(payload).codes == (digits,)


@pytest.mark.parametrize("paper", [(Barcode("A" * 60),), (Barcode("A" * 300),)])
def test_a_barcode_that_fits_nowhere_is_refused_with_a_sentence_by_every_renderer(paper: tuple[Block, ...]) -> None:
    for profile in PROFILES.values():
        with pytest.raises(ValueError, match="too wide for the paper"):
            render(paper, profile)
    for width_mm in (80, 58):
        with pytest.raises(ValueError, match="too wide for the paper"):
            pdf.render(paper, width_mm)


# --- logos ------------------------------------------------------------------------------------------------------------


def bomb(side: int) -> bytes:
    """A picture of few bytes and very many dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_001, 12_000, 60_000])
def test_a_logo_that_would_take_the_memory_of_the_till_is_refused_with_a_sentence(side: int) -> None:
    with pytest.raises(ValueError, match=r"The logo .* (Choose|choose)"):
        render((Picture(bomb(side)),))


@settings(max_examples=60)
@given(
    damage=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6), end=st.integers(0)
)
@pytest.mark.filterwarnings("ignore")
def test_a_damaged_logo_is_drawn_or_refused_with_a_sentence(damage: list[tuple[int, int]], end: int) -> None:
    data = bytearray(logo(60, 30))
    for place, byte in damage:
        data[place % len(data)] = byte
    refusal = ""
    try:
        assert raster.draw_picture(bytes(data[: end or None]), 200, 200).width == 200
    except ValueError as fault:
        refusal = str(fault)
    assert refusal[:8] in {"", "The logo"}


def test_a_logo_may_be_of_any_kind_of_picture() -> None:
    from PIL import Image

    for mode, kind in (("RGB", "JPEG"), ("CMYK", "JPEG"), ("P", "GIF"), ("1", "PNG"), ("I;16", "PNG"), ("LA", "PNG")):
        data = io.BytesIO()
        Image.new(mode, (40, 20)).save(data, kind)
        assert raster.draw_picture(data.getvalue(), 200, 200).size == (200, 20)
