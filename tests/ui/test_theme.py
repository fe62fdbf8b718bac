"""A theme is data; these stories hold it to what people can read (WCAG 2.2) and to a change without a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from omsdesk.ui import theme
from omsdesk.ui.theme import THEMES, Theme, Tone

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: QColor, ground: QColor) -> float:
    """Contrast ratio, 1 to 21, WCAG 2.2."""
    low, high = sorted((luminance(ink), luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def reading_pairs(look: Theme) -> dict[str, tuple[QColor, QColor]]:
    """Every ink with every ground it is ever painted on."""
    colour = look.colour
    grounds = {"bg": colour.bg, "surface": colour.surface, "sunken": colour.sunken, "selected": colour.accent_soft}
    pairs = {
        f"{name} on {ground}": (getattr(colour, name), paper)
        for ground, paper in grounds.items()
        for name in ("text", "muted")
    }
    pairs |= {f"{tone} chip": look.tone(tone) for tone in Tone}
    pairs |= {
        f"{name} on {ground}": (getattr(colour, name), grounds[ground])
        for ground in ("surface", "selected")
        for name in ("ok", "bad", "accent")
    }
    pairs |= {f"text on hue {hue.name()}": (colour.text, look.tinted(hue)) for hue in look.hues}
    pairs |= {f"muted on hue {hue.name()}": (colour.muted, look.tinted(hue)) for hue in look.hues}
    return pairs | {
        "pay": (colour.on, colour.pay),
        "pay below a pointer": (colour.on, colour.pay_hi),
        "pay below a finger": (colour.on, colour.pay_lo),
        "rail": (colour.rail_t, colour.rail),
        "rail, chosen": (colour.rail_on, colour.rail_sel),
        "badge": (colour.badge_t, colour.badge),
        "undo": (colour.rail_on, colour.raised),
        "undo link": (colour.raised_link, colour.raised),
        "chosen pill": (colour.surface, colour.text),
    }


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read(name: str) -> None:
    wanted = 7.0 if name == "contrast" else 4.5
    too_weak = {
        pair: round(contrast(*colours), 2)
        for pair, colours in reading_pairs(theme.load(name)).items()
        if contrast(*colours) < wanted
    }
    assert too_weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_what_marks_a_control_stands_out_from_its_ground(name: str) -> None:
    colour = theme.load(name).colour
    for ground in (colour.bg, colour.surface, colour.sunken):
        assert contrast(colour.edge, ground) >= 3.0, "outline of a field"
        assert contrast(colour.accent, ground) >= 3.0, "focus frame"
    assert contrast(colour.pay, colour.surface) >= 3.0
    for hue in theme.load(name).hues:
        assert contrast(hue, colour.surface) >= 3.0, "edge of a tile"


def test_every_border_of_the_high_contrast_theme_can_be_seen() -> None:
    colour = theme.load("contrast").colour
    for ground in (colour.bg, colour.surface, colour.sunken, colour.accent_soft):
        assert contrast(colour.line, ground) >= 3.0
        assert contrast(colour.edge, ground) >= 7.0


@pytest.mark.parametrize("name", THEMES)
def test_what_cannot_be_used_is_weaker_but_not_gone(name: str) -> None:
    look = theme.load(name)
    faint = contrast(look.faint(look.colour.surface), look.colour.surface)
    assert 2.0 < faint < contrast(look.colour.text, look.colour.surface)


def test_an_unknown_theme_is_named_in_the_error() -> None:
    with pytest.raises(FileNotFoundError, match="neon"):
        theme.load("neon")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("scale", theme.SCALES)
def test_the_style_sheet_has_no_word_left_open(name: str, scale: float) -> None:
    sheet = theme.style_sheet(theme.load(name, scale))
    assert "$" not in sheet
    assert theme.load(name).colour.accent.name() in sheet


def test_lengths_and_fonts_follow_the_text_size() -> None:
    large = theme.load("light", 1.5)
    assert large.px(48) == 72
    assert large.font(16, 600).pixelSize() == 24


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_digits_are_inter_and_stand_in_columns(qapp: QApplication, weight: int) -> None:
    theme.apply(theme.load("light"), qapp)
    font = theme.current().font(20, weight)
    assert QFontInfo(font).family() == "Inter"
    assert QFontInfo(font).weight() == weight
    metrics = QFontMetrics(font)
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1


def test_a_running_desktop_changes_its_look_without_a_restart(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(theme.load("light"), qapp)
    field, button, label = QLineEdit(), QPushButton("Save"), QLabel("Name")
    for widget in (field, button, label):
        qtbot.addWidget(widget)
        widget.show()
    low = button.sizeHint().height()
    assert field.grab().toImage().pixelColor(field.width() // 2, 5) == theme.load("light").colour.surface

    dark = theme.load("dark", 1.5)
    theme.apply(dark, qapp)

    assert theme.current() is dark
    assert field.grab().toImage().pixelColor(field.width() // 2, 5) == dark.colour.surface
    assert label.palette().windowText().color() == dark.colour.text
    assert button.sizeHint().height() > low
    assert label.font().pixelSize() == 24


def test_the_desktop_decides_between_light_and_dark(qapp: QApplication) -> None:
    assert theme.preferred_name(qapp) in THEMES
