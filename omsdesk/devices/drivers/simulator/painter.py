"""Paper painted from ESC/POS commands, dot by dot, with letters smooth enough to read on a screen."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from omsdesk.devices.drivers.simulator.commands import Command, UnknownCommand, commands
from omsdesk.documents import fonts
from omsdesk.documents.printer_profile import EPSON_80, PrinterProfile

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL.Image import Image

_FONT_A, _FONT_B = (12, 24), (9, 17)
_LINE_DOTS = 30
_MARGIN = 24
_BLADE_DOTS = 70
_PAPER, _INK = 255, 16
_BASELINE = 0.78
_QR_LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper up to a cut."""

    png: bytes
    text: str
    job: str = ""
    """The name of the job that it came out for."""


@dataclass(frozen=True, slots=True)
class _Settings:
    """What ``ESC @`` sets back."""

    codec: str
    is_small: bool = False
    wide: int = 1
    tall: int = 1
    is_bold: bool = False
    is_inverted: bool = False
    align: int = 0
    line_dots: int = _LINE_DOTS
    symbol: bytes = b""
    module: int = 3
    level: str = "l"
    bar_height: int = 162


@dataclass
class Painter:
    """Interprets the commands of one printer; sheets and drawer kicks collect here."""

    profile: PrinterProfile = EPSON_80
    sheets: list[Sheet] = field(default_factory=list)
    kicked_pins: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._codecs = {page.number: page.codec for page in self.profile.code_pages}
        self._settings = _Settings(self.profile.code_pages[0].codec)
        self._strips: list[tuple[int, Image]] = []
        self._line: list[Image] = []
        self._words = ""
        self._text: list[str] = []
        self._top = 0
        self._handlers: dict[bytes, Callable[[bytes], None]] = {
            b"": self._put_text,
            b"\n": self._end_line,
            b"\x1b@": self._reset,
            b"\x1bt": lambda data: self._set(codec=self._codecs.get(data[0], "ascii")),
            b"\x1bE": lambda data: self._set(is_bold=bool(data[0])),
            b"\x1bM": lambda data: self._set(is_small=bool(data[0])),
            b"\x1ba": lambda data: self._set(align=data[0] % 48),
            b"\x1b3": lambda data: self._set(line_dots=data[0]),
            b"\x1bJ": self._feed,
            b"\x1bd": self._feed_lines,
            b"\x1bp": self._kick,
            b"\x1d!": lambda data: self._set(wide=(data[0] >> 4) + 1, tall=(data[0] & 0x0F) + 1),
            b"\x1dB": lambda data: self._set(is_inverted=bool(data[0])),
            b"\x1dh": lambda data: self._set(bar_height=data[0]),
            b"\x1dv0": self._raster,
            b"\x1d(k": self._two_dimensional,
            b"\x1dk": self._bars,
            b"\x1dV": self._cut,
        }

    def print(self, payload: bytes) -> None:
        """Print a payload.

        Raises:
            UnknownCommand: the printer does not understand the bytes; what came before stands on the paper.

        """
        for command in commands(payload):
            handler = self._handlers.get(command.name)
            if handler is not None:
                self._carry_out(handler, command)

    def _carry_out(self, handler: Callable[[bytes], None], command: Command) -> None:
        try:
            handler(command.data)
        except (LookupError, ValueError) as fault:
            message = f"The printer cannot carry out the command {command.name.hex(' ')}: {fault}."
            raise UnknownCommand(message) from None

    def tear_off(self) -> None:
        """End the sheet as a cut does; without anything printed there is no sheet."""
        if self._line:
            self._end_line()
        if self._strips:
            self.sheets.append(Sheet(self._picture(), "\n".join(self._text).rstrip("\n") + "\n"))
        self._strips, self._text, self._top = [], [], 0

    def _picture(self) -> bytes:
        from PIL import Image

        size = (self.profile.dots + 2 * _MARGIN, max(self._top, 1) + _MARGIN + _BLADE_DOTS)
        paper = Image.new("L", size, _PAPER)
        for top, strip in self._strips:
            paper.paste(strip, (_MARGIN, _MARGIN + top))
        png = io.BytesIO()
        paper.save(png, "PNG")
        return png.getvalue()

    def _put_text(self, data: bytes) -> None:
        for character in data.decode(self._settings.codec, "replace"):
            self._line.append(_letter(character, self._settings))
            self._words += character

    def _end_line(self, _data: bytes = b"") -> None:
        from PIL import Image

        height = max((letter.height for letter in self._line), default=0)
        if self._line:
            strip = Image.new("L", (self.profile.dots, height), _PAPER)
            left = self._start(sum(letter.width for letter in self._line))
            for letter in self._line:
                strip.paste(letter, (left, height - letter.height))
                left += letter.width
            self._strips.append((self._top, strip))
        self._text.append(self._words.rstrip())
        self._top += max(height, self._settings.line_dots)
        self._line, self._words = [], ""

    def _start(self, width: int) -> int:
        return max(0, self.profile.dots - width) * self._settings.align // 2

    def _put_picture(self, picture: Image, words: str) -> None:
        from PIL import Image

        strip = Image.new("L", (self.profile.dots, picture.height), _PAPER)
        strip.paste(picture, (self._start(picture.width), 0))
        self._strips.append((self._top, strip))
        self._top += picture.height
        if words:
            self._text.append(words)

    def _raster(self, data: bytes) -> None:
        from PIL import Image, ImageOps

        width = int.from_bytes(data[1:3], "little") * 8
        height = int.from_bytes(data[3:5], "little")
        dots = ImageOps.invert(Image.frombytes("1", (width, height), data[5:]).convert("L"))
        self._put_picture(dots.point(lambda level: max(level, _INK)), "")

    def _two_dimensional(self, data: bytes) -> None:
        function, argument = data[1], data[2:]
        if function == 67:
            self._set(module=argument[0])
        elif function == 69:
            self._set(level=_QR_LEVELS[argument[0]])
        elif function == 80:
            self._set(symbol=argument[1:])
        elif function == 81:
            self._put_picture(_qr(self._settings), f"[QR {self._settings.symbol.decode()}]")

    def _bars(self, data: bytes) -> None:
        from omsdesk.documents.raster import draw_barcode

        content = data[4:].decode("ascii").replace("{{", "{")
        self._put_picture(draw_barcode(content, self._settings.bar_height).convert("L"), f"[barcode {content}]")

    def _kick(self, data: bytes) -> None:
        self.kicked_pins.append(5 if data[0] % 48 else 2)

    def _cut(self, _data: bytes) -> None:
        self.tear_off()

    def _feed(self, data: bytes) -> None:
        self._top += data[0]

    def _feed_lines(self, data: bytes) -> None:
        self._top += data[0] * self._settings.line_dots

    def _reset(self, _data: bytes) -> None:
        self._settings = _Settings(self.profile.code_pages[0].codec)

    def _set(self, **changes: object) -> None:
        self._settings = replace(self._settings, **changes)  # type: ignore[arg-type]


@lru_cache(maxsize=2048)
def _letter(character: str, settings: _Settings) -> Image:
    """Draw a letter in its cell."""
    from PIL import Image, ImageDraw, ImageOps

    width, height = _FONT_B if settings.is_small else _FONT_A
    cell = Image.new("L", (width * settings.tall, height * settings.tall), _PAPER)
    font = fonts.load(fonts.monospaced(), round(height * 0.83) * settings.tall)
    place = (cell.width / 2, cell.height * _BASELINE)
    bold = 0.5 * settings.tall if settings.is_bold else 0
    ImageDraw.Draw(cell).text(place, character, font=font, fill=_INK, anchor="ms", stroke_width=bold)
    if settings.wide != settings.tall:
        cell = cell.resize((width * settings.wide, cell.height), Image.Resampling.LANCZOS)
    return ImageOps.invert(cell) if settings.is_inverted else cell


def _qr(settings: _Settings) -> Image:
    import segno
    from PIL import Image

    code = segno.make_qr(settings.symbol, error=settings.level, boost_error=False)
    with io.BytesIO() as png:
        code.save(png, kind="png", scale=settings.module, border=0)
        png.seek(0)
        return Image.open(png).convert("L")
