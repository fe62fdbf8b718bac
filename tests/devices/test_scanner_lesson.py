"""What is learnt from a sheet of labels, for scanners and keyboards of many kinds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.scanner import GS, Reader, ScannerOptions
from omsdesk.devices.scanner_lesson import LABELS, Lesson
from omsdesk.documents.labels.symbology import GS1, RETAIL

_PLAIN = "`1234567890-=qwertyuiop[]asdfghjkl;'\\zxcvbnm,./"
_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"|ZXCVBNM<>?'
_FRENCH = (
    "²&é\"'(-è_çà)=azertyuiop\x00$qsdfghjklmù*wxcvbn,;:!" + "\x001234567890°+AZERTYUIOP\x00£QSDFGHJKLM%µWXCVBN?./§"
)
_GERMAN = (
    "\x001234567890ß\x00qwertzuiopü+asdfghjklöä#yxcvbnm,.-" + "°!\"§$%&/()=?\x00QWERTZUIOPÜ*ASDFGHJKLÖÄ'YXCVBNM;:_"
)
LAYOUTS = {
    "american": {},
    "french": dict(zip(_PLAIN + _SHIFTED, _FRENCH, strict=True)),
    "german": dict(zip(_PLAIN + _SHIFTED, _GERMAN, strict=True)),
}
"""What a scanner for American keyboards types under others; NUL is an accent that takes itself away."""


class Kind:
    """A scanner, and the keyboard it types on."""

    def __init__(self, layout: str = "american", **more: str | bool) -> None:
        self.layout = LAYOUTS[layout]
        self.more = {"prefix": "", "suffix": "", "group": GS, "aim": "", "mark": "", **more}

    def types(self, text: str, symbology: object = None) -> str:
        kind = "]E0" if symbology in RETAIL else "]C1" if symbology in GS1 else "]C0"
        mark = {"]E0": "A", "]C0": "D", "]C1": "K"}[kind] if self.more["mark"] else ""
        sent = f"{self.more['prefix']}{kind if self.more['aim'] else mark}{text}{self.more['suffix']}"
        sent = sent.replace(GS, str(self.more["group"]))
        return "".join(self.layout.get(letter, letter) for letter in sent).replace("\0", "")


def content(at: int) -> str:
    return LABELS[at].content if at < 5 else f"010{LABELS[0].content}10AB{GS}21CD"


def learn(kind: Kind) -> Lesson:
    lesson = Lesson()
    for at, label in enumerate(LABELS):
        assert lesson.hear(kind.types(content(at), label.symbology)) == ""
    assert lesson.is_done
    return lesson


NOTHING: dict[str, str | bool] = {}
ALL: dict[str, str | bool] = {"prefix": "~!", "suffix": "#", "aim": True}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("more", [NOTHING, {"aim": True}, {"mark": True}, {"prefix": "/A"}, {"suffix": "X9"}, ALL])
def test_whatever_the_scanner_adds_and_the_keyboard_changes_is_learnt(layout: str, more: dict[str, str | bool]) -> None:
    kind = Kind(layout, **more)
    reader = Reader(learn(kind).options())
    for text, symbology in (("4006381333931", "ean-13"), ("WASA-9/zq", None), ("m8,Y_2", None)):
        scan = reader.read(kind.types(text, symbology), 0)
        assert scan is not None
        assert scan.text == text
        assert bool(scan.aim) is bool(more.get("aim"))


def test_a_scanner_that_is_set_right_needs_no_settings_and_has_nothing_to_be_remarked() -> None:
    lesson = learn(Kind(aim=True))
    assert lesson.options() == ScannerOptions()
    assert lesson.remarks == []


def test_what_it_is_called_and_its_keys_are_kept() -> None:
    lesson = Lesson()
    for at, label in enumerate(LABELS):
        assert lesson.hear(Kind().types(content(at), label.symbology), "F9", "Tab" if at else "") == ""
    assert lesson.options("At the door") == ScannerOptions("At the door", start_key="F9")


@pytest.mark.parametrize(("group", "learnt"), [(GS, ""), ("|", "|"), ("{GS}", "{GS}"), ("^]", "^]")])
def test_what_stands_in_place_of_the_separator_is_learnt(group: str, learnt: str) -> None:
    kind = Kind(group=group, aim=True)
    options = learn(kind).options()
    assert options.group == learnt
    scan = Reader(options).read(kind.types(f"010{LABELS[0].content}10X{GS}21Y", next(iter(GS1))), 0)
    assert scan is not None
    assert scan.text == f"010{LABELS[0].content}10X{GS}21Y"


def test_a_separator_that_is_left_out_and_a_kind_that_is_not_said_are_remarked() -> None:
    remarks = " ".join(learn(Kind(group="")).remarks)
    assert "leaves out what stands between the facts" in remarks
    assert "does not say which kind of code" in remarks


def test_signs_that_an_accent_takes_away_are_named() -> None:
    assert learn(Kind("german", aim=True)).remarks == [
        ("These signs do not arrive: + =. Codes that have them need the scanner on a serial port or in HID POS mode.")
    ]


def test_an_accent_that_takes_the_next_letter_with_it_spoils_the_signs_alone() -> None:
    lesson = Lesson()
    for at, label in enumerate(LABELS):
        raw = content(at).replace("+q", "`") if at == 3 else content(at)
        assert lesson.hear(f"]C0{raw}" if at else f"]E0{raw}") == "", label.purpose
    assert len(lesson.remarks) == 1
    assert lesson.remarks[0].startswith("These signs do not arrive: - / : ] . $ + % * _ =. Codes")


def test_a_check_digit_that_is_left_out_is_said_with_what_to_scan() -> None:
    lesson = Lesson()
    assert lesson.hear(LABELS[0].content[:-1]) == ""
    assert "transmit check digit" in lesson.hear(LABELS[1].content)
    assert lesson.step == 1


def test_caps_lock_is_found_out() -> None:
    lesson = Lesson()
    for at, expected in ((0, ""), (1, ""), (2, "Caps Lock is on. Switch it off and begin again.")):
        assert lesson.hear(LABELS[at].content.swapcase()) == expected


def test_a_scanner_that_makes_capitals_of_all_letters_is_remarked() -> None:
    lesson = Lesson()
    for at in range(6):
        assert lesson.hear(content(at).upper()) == ""
    assert "makes capital letters of small ones" in lesson.remarks[0]


def test_letters_that_get_lost_are_said() -> None:
    lesson = Lesson()
    lesson.hear(LABELS[0].content)
    assert "get lost on their way" in lesson.hear(LABELS[1].content.replace("A", "B"))
    assert lesson.hear(LABELS[1].content) == ""
    assert "get lost on their way" in lesson.hear(LABELS[2].content.replace("x", ""))


@pytest.mark.parametrize("step", range(6))
def test_another_code_changes_nothing(step: int) -> None:
    lesson = Lesson()
    for at in range(step):
        assert lesson.hear(content(at)) == ""
    for other in ("7", "ABC-123", *(content(at) for at in range(6) if at != step)):
        if step:
            assert lesson.hear(other) != ""
    assert lesson.step == step
    assert lesson.hear(content(step)) == ""


@given(st.lists(st.text(max_size=60), max_size=8))
def test_nothing_that_comes_breaks_a_lesson(raws: list[str]) -> None:
    lesson = Lesson()
    for raw in raws:
        if not lesson.is_done:
            lesson.hear(raw)


@given(
    prefix=st.text("~/!*#$%", max_size=3),
    suffix=st.text("~/!*#$%", max_size=3),
    layout=st.sampled_from(sorted(LAYOUTS)),
    has_aim=st.booleans(),
)
def test_any_prefix_and_suffix_are_learnt(prefix: str, suffix: str, layout: str, has_aim: bool) -> None:
    kind = Kind(layout, prefix=prefix, suffix=suffix, aim=has_aim)
    options = replace(learn(kind).options(), title="")
    scan = Reader(options).read(kind.types("ABC-123"), 0)
    assert scan is not None
    assert scan.text == "ABC-123"
