"""The commands that python-escpos builds for us: pictures, QR codes and the cut, as bytes; the drawer's beside them."""

from __future__ import annotations

import os
import tempfile
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_QR_LEVEL_M = 1
_MODULE_DOTS = 2
_CODE_128 = b"\x49"
_TEXT_BELOW, _NO_TEXT = b"\x02", b"\x00"
_SIGN_MODULES, _STOP_MODULES = 11, 13

# What the library looks up in a printer's profile when it builds commands; pages and widths are our own business.
_PROFILE = {"name": "omsdesk", "media": {"width": {}}, "codePages": {}, "fonts": {}, "features": {}}


class Commands:
    """Byte strings of single commands, each complete in itself. For one thread."""

    def __init__(self) -> None:
        self._builder = _builder()

    def picture(self, picture: Image) -> bytes:
        """Print black dots from the left margin on (``GS v 0``)."""
        self._builder.image(picture)
        return self._take()

    def qr(self, content: str, modules: int) -> bytes:
        """Print a QR code that the printer draws itself, error correction M (``GS ( k``)."""
        self._builder.qr(content, ec=_QR_LEVEL_M, size=modules, native=True)
        return self._take()

    def barcode(self, content: str, height: int, *, has_text: bool = True) -> bytes:
        """Print a Code 128 symbol that the printer draws itself, its text below it (``GS k``, code set B)."""
        data = b"{B" + content.replace("{", "{{").encode("ascii")
        settings = b"\x1dh" + bytes([height]) + b"\x1dw" + bytes([_MODULE_DOTS]) + b"\x1df\x00\x1dH"
        settings += _TEXT_BELOW if has_text else _NO_TEXT
        # The library's own barcode() writes to the console.
        self._builder._raw(settings + b"\x1dk" + _CODE_128 + bytes([len(data)]) + data)  # noqa: SLF001
        return self._take()

    def cut(self) -> bytes:
        """Feed the paper to the blade and cut it save for one point (``GS V 66``)."""
        self._builder.cut(feed=False)
        return self._take()

    def _take(self) -> bytes:
        built = bytes(self._builder.output)
        self._builder.clear()
        return built


def drawer(pin: int, pulse_ms: int) -> bytes:
    """Give power to pin 2 or 5 of the drawer connector (``ESC p``), and none for as long afterwards."""
    twos = bytes([pulse_ms // 2])
    return b"\x1bp" + (b"\x01" if pin == 5 else b"\x00") + twos + twos


def drawer_at_once(pin: int, pulse_ms: int) -> bytes:
    """Do the same in real time (``DLE DC4``): the printer heeds it without paper, too, and before what it holds.

    The pulse is counted in tenths of a second, one to eight (Epson, ESC/POS reference).
    """
    tenths = max(1, min(8, round(pulse_ms / 100)))
    return b"\x10\x14\x01" + bytes([1 if pin == 5 else 0, tenths])


def code_128_dots(content: str) -> int:
    """How wide the symbol of ``barcode`` is: start, a sign per character, check digit, stop (ISO/IEC 15417)."""
    return _MODULE_DOTS * (_SIGN_MODULES * (len(content) + 2) + _STOP_MODULES)


def _builder() -> Any:
    dummy, profile_class = _library()
    profile = profile_class()
    profile.profile_data = _PROFILE
    return dummy(profile=profile)


@cache
def _library() -> tuple[Any, Any]:
    """Import python-escpos without the folder that version 3.1 makes in the temporary files at each import.

    It keeps a pickled table in the folder that it is told of, so that has to be one that nobody else can write.
    """
    import platformdirs

    folder = platformdirs.user_cache_path("omsdesk", ensure_exists=True) / "escpos"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(folder))
    genuine, importer = tempfile.mkdtemp, threading.get_ident()

    def mkdtemp(*arguments: Any, **named: Any) -> Any:
        return str(folder) if threading.get_ident() == importer else genuine(*arguments, **named)

    tempfile.mkdtemp = mkdtemp
    try:
        from escpos.capabilities import Profile
        from escpos.printer import Dummy
    finally:
        tempfile.mkdtemp = genuine
    return Dummy, Profile
