"""The look of every screen as data: colours by role, text sizes, and their application to a running desktop."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from omsdesk.domain.records import record
from omsdesk.resource_files import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FAMILY = "Inter"
SCALES = (1.0, 1.25, 1.5)
"""Text sizes a person can choose; a till is read from about 80 cm."""

THEMES = ("light", "dark", "contrast")
"""The themes shipped in ``resources/themes``."""


class Tone(StrEnum):
    """What a colour says; a word or an icon always says it too."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@record
class Palette:
    """One colour per role. The roles are explained where the themes are written: ``resources/themes/light.toml``."""

    bg: QColor
    surface: QColor
    sunken: QColor
    line: QColor
    edge: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_soft: QColor
    pay: QColor
    pay_hi: QColor
    pay_lo: QColor
    on: QColor
    ok: QColor
    ok_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    rail: QColor
    rail_t: QColor
    rail_on: QColor
    rail_sel: QColor
    badge: QColor
    badge_t: QColor
    raised: QColor
    raised_link: QColor
    desk: QColor


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """A palette at a text size. ``tint`` is the share of a category's hue in the ground of its tile."""

    name: str
    title: str
    is_dark: bool
    tint: float
    hues: tuple[QColor, ...]
    colour: Palette
    scale: float = 1.0

    def px(self, size: int) -> int:
        """Scale a length that has to hold text (a font, a row, a button) to the chosen text size."""
        return round(size * self.scale)

    def font(self, size: int = 16, weight: int = 400) -> QFont:
        """Inter in pixels at the chosen text size, digits of equal width; weights 400, 500, 600 and 700."""
        return _font(self.px(size), weight)

    def hue(self, number: int) -> QColor:
        """Colour of a category; numbers beyond the last hue start again."""
        return self.hues[number % len(self.hues)]

    def tinted(self, hue: QColor) -> QColor:
        """Ground of a tile of this hue."""
        return blend(self.colour.surface, hue, self.tint)

    def hover(self, ground: QColor) -> QColor:
        """Shade this ground below a pointer."""
        return blend(ground, self.colour.text, 0.05)

    def press(self, ground: QColor) -> QColor:
        """Shade this ground below a finger."""
        return blend(ground, self.colour.text, 0.14)

    def faint(self, ground: QColor) -> QColor:
        """Ink of what cannot be used now, on this ground."""
        return blend(ground, self.colour.text, 0.70 if self.name == "contrast" else 0.45)

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Ink and soft ground of a tone."""
        tones = {
            Tone.NEUTRAL: (self.colour.muted, self.colour.sunken),
            Tone.ACCENT: (self.colour.accent, self.colour.accent_soft),
            Tone.OK: (self.colour.ok, self.colour.ok_soft),
            Tone.WARN: (self.colour.warn, self.colour.warn_soft),
            Tone.BAD: (self.colour.bad, self.colour.bad_soft),
        }
        return tones[tone]


def blend(ground: QColor, ink: QColor, share: float) -> QColor:
    """Lay ``share`` (0 to 1) of an ink over a ground."""
    mix = [
        round(low + (high - low) * share)
        for low, high in zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    ]
    return QColor(*mix)


@cache
def load(name: str, scale: float = 1.0) -> Theme:
    """Read a theme.

    Raises:
        FileNotFoundError: there is no theme of that name.

    """
    data = tomllib.loads(resource(f"themes/{name}.toml").read_text(encoding="utf-8"))
    palette = Palette(**{field.name: QColor(data["colours"][field.name]) for field in fields(Palette)})
    hues = tuple(QColor(hue) for hue in data["hues"])
    return Theme(name, data["title"], data["is_dark"], data["tint"], hues, palette, scale)


def preferred_name(app: QApplication) -> str:
    """Theme that follows the desktop's own choice of light or dark."""
    return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"


class _Applied:
    """The theme of this process: Qt keeps one palette and one style sheet for all windows, and so do we."""

    theme: Theme | None = None


def current() -> Theme:
    """Theme that was applied last, the light one before the first."""
    if _Applied.theme is None:
        _Applied.theme = load("light")
    return _Applied.theme


def apply(theme: Theme, app: QApplication) -> None:
    """Give every window this look, now; open windows repaint and lay themselves out again."""
    choose(theme, app)
    dress(app)


def choose(theme: Theme, app: QApplication) -> None:
    """Give what is about to be made this look, all but the style sheet."""
    _load_fonts(app)
    _Applied.theme = theme
    app.setFont(theme.font())
    app.setPalette(_qt_palette(theme))


def dress(app: QApplication) -> None:
    """Put the style sheet of the chosen theme on all that was made.

    Once a window is whole: before, Qt matches every rule again for each widget that finds its place.
    """
    app.setStyleSheet(style_sheet(current()))


def style_sheet(theme: Theme) -> str:
    """Style sheet of Qt's own widgets, made from the theme's tokens."""
    colour = theme.colour
    tokens = {field.name: getattr(colour, field.name).name() for field in fields(Palette)}
    tokens |= {f"px_{size}": str(theme.px(size)) for size in (14, 24, 32, 34, 40)}
    tokens |= {
        "hover": theme.hover(colour.surface).name(),
        "press": theme.press(colour.surface).name(),
        "faint": theme.faint(colour.sunken).name(),
        "grip": blend(colour.bg, colour.text, 0.3).name(),
        "on_accent": (colour.rail if theme.is_dark else colour.surface).name(),
        "art": resource("themes/art").as_posix(),
        "ink": "chalk" if theme.is_dark else "ink",
        "on_ink": "ink" if theme.is_dark else "chalk",
    }
    return _sheet_template().substitute(tokens)


def _qt_palette(theme: Theme) -> QPalette:
    """Say the same roles in Qt's words, for what the style sheet does not name."""
    colour, role, faint = theme.colour, QPalette.ColorRole, theme.faint(theme.colour.surface)
    palette = QPalette(colour.surface, colour.bg)
    for part, ink in {
        role.Window: colour.bg,
        role.Base: colour.surface,
        role.AlternateBase: colour.sunken,
        role.Button: colour.surface,
        role.WindowText: colour.text,
        role.Text: colour.text,
        role.ButtonText: colour.text,
        role.PlaceholderText: colour.muted,
        role.Highlight: colour.accent,
        role.HighlightedText: colour.rail if theme.is_dark else colour.surface,
        role.Link: colour.accent,
        role.Mid: colour.line,
    }.items():
        palette.setColor(part, ink)
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, faint)
    return palette


@cache
def _font(pixels: int, weight: int) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def _load_fonts(_app: QApplication) -> None:
    """Make Inter known, once for an application."""
    for path in sorted(resource("fonts").glob("Inter-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


@cache
def _sheet_template() -> Template:
    return Template(resource("themes/widgets.qss").read_text(encoding="utf-8"))
