"""A receipt printer that is not ours: emupos (Apache-2.0) takes the bytes and says what came out on paper.

emupos declares Python 3.13. Nothing in it needs more than 3.11 save the spelling of generics, so on an older Python
its files are read with `type X = Y` written as `X = Y` and `def f[T](` with a TypeVar: the interpreter of the bytes
stays the foreign one, and the same checks run on every machine. It is installed with
`pip install --no-deps --ignore-requires-python emupos==0.4.0`, beside pydantic, PyYAML, segno and python-barcode.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.resources
import io
import re
import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from PIL.Image import Image

_ALIAS = re.compile(rb"^type (\w+) =", re.MULTILINE)
_GENERIC = re.compile(rb"^( *)def (\w+)\[(\w+)\]\(", re.MULTILINE)
_VERSION_WITH_GENERICS = (3, 12)


class _OlderPython(importlib.abc.MetaPathFinder):
    """Finds emupos for a Python that does not know the spelling of its generics."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] != "emupos":
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = _OlderSpelling(spec.loader.name, spec.loader.path)
        return spec


class _OlderSpelling(importlib.machinery.SourceFileLoader):
    def get_data(self, path: str) -> bytes:
        data = super().get_data(path)
        if path.endswith(".py"):
            variable = rb'\1\3 = __import__("typing").TypeVar("\3")\n\1def \2('
            data = _GENERIC.sub(variable, _ALIAS.sub(rb"\1 =", data))
        return data

    def get_code(self, fullname: str) -> Any:
        # Past the cache of compiled files, which must hold what the file on the disk says.
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def _emupos(module: str) -> Any:
    if sys.version_info < _VERSION_WITH_GENERICS and not any(isinstance(f, _OlderPython) for f in sys.meta_path):
        sys.meta_path.insert(0, _OlderPython())
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as missing:
        message = (
            f"{missing}: the foreign interpreter of printer bytes is not installed. Run: "
            "pip install pydantic PyYAML, then pip install --no-deps --ignore-requires-python emupos==0.4.0"
        )
        raise AssertionError(message) from missing


@dataclass(frozen=True)
class Sheet:
    """What came out of the foreign printer up to a cut: its text dump and its picture."""

    text: str
    png: bytes

    @property
    def picture(self) -> Image:
        """The paper as a picture."""
        from PIL import Image

        with Image.open(io.BytesIO(self.png)) as opened:
            return opened.convert("L")

    @property
    def codes(self) -> tuple[str, ...]:
        """What a scanner reads from the picture."""
        import zxingcpp
        from PIL import ImageOps

        return tuple(found.text for found in zxingcpp.read_barcodes(ImageOps.expand(self.picture, 40, 255)))


@dataclass
class ForeignPrinter:
    """An Epson TM-T20III as emupos knows it; give it bytes, or connect to ``port`` after ``listen``."""

    sheets: list[Sheet] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    """Commands and code pages that the printer does not know."""
    drawer_kicks: list[int] = field(default_factory=list)
    port: int = 0
    keeps_drawer_open: bool = False
    """Whether a drawer that was kicked stays open until somebody shuts it."""
    on_first_job: Callable[[], None] | None = None
    """Called when the first byte of a job comes in over the network, before it is printed."""

    def __post_init__(self) -> None:
        self._module = _emupos("emupos.printer.printer")
        config = _emupos("emupos.config")
        text = importlib.resources.files("emupos").joinpath("profiles/printers/epson-tm-t20iii.yaml").read_text()
        profile = config._parse_profile(text, "epson-tm-t20iii")
        self._printer = self._module.Printer("till", profile, sensor_open_level="high", job_idle_timeout_ms=60_000)
        self._lock = threading.Lock()
        self._clients: dict[str, socket.socket] = {}
        self._ends: dict[str, Callable[[bytes], object]] = {}
        self._listener: socket.socket | None = None

    def print(self, payload: bytes) -> Sheet:
        """Print bytes at once and give the sheet."""
        self._apply(self._printer.open_connection("direct", time.monotonic()))
        self._apply(self._printer.receive("direct", payload, time.monotonic()))
        self._apply(self._printer.close_connection("direct", time.monotonic()))
        return self.sheets[-1]

    def set_fault(self, name: str, *, is_active: bool) -> None:
        """Switch ``paper-out``, ``paper-near-end``, ``cover-open`` or ``offline``."""
        with self._lock:
            self._apply(self._printer.set_fault(self._module.PrinterFault(name), is_active, time.monotonic()))

    def plug_in(self, name: str, answer: Callable[[bytes], object]) -> None:
        """Put a cable of any kind into it; ``answer`` takes what the printer says."""
        with self._lock:
            self._ends[name] = answer
            self._apply(self._printer.open_connection(name, time.monotonic()))

    def hear(self, name: str, data: bytes) -> None:
        """Take bytes from a cable."""
        with self._lock:
            self._apply(self._printer.receive(name, data, time.monotonic()))

    def unplug(self, name: str) -> None:
        """Pull a cable out."""
        with self._lock:
            del self._ends[name]
            self._apply(self._printer.close_connection(name, time.monotonic()))

    def force_drawer(self) -> None:
        """Open the drawer as its key does: the printer has no part in it but the sensor."""
        self.plug_in("key", lambda _: None)
        self.hear("key", b"\x1bp\x00\x32\x32")
        self.unplug("key")

    def shut_drawer(self) -> None:
        """Push the drawer in."""
        with self._lock:
            self._apply(self._printer.close_drawer(time.monotonic()))

    def listen(self) -> Self:
        """Take connections on a free loopback port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()
        return self

    def switch_off(self) -> None:
        """Stop listening and drop everybody, as a printer without power does."""
        if self._listener is not None:
            # A blocked accept() keeps the port open until it is woken.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._lock:
            for client in self._clients.values():
                with suppress(OSError):  # it may have hung up already
                    client.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client, str(address)), daemon=True).start()

    def _serve(self, client: socket.socket, name: str) -> None:
        with client:
            with self._lock:
                self._clients[name] = client
                self._apply(self._printer.open_connection(name, time.monotonic()))
            try:
                while data := client.recv(65536):
                    if self.on_first_job is not None and data.startswith(b"\x1b@"):
                        happen, self.on_first_job = self.on_first_job, None
                        happen()
                    with self._lock:
                        self._apply(self._printer.receive(name, data, time.monotonic()))
            except OSError:
                pass
            with self._lock:
                del self._clients[name]
                self._apply(self._printer.close_connection(name, time.monotonic()))

    def _apply(self, output: Any) -> None:
        for receipt in output.receipts:
            self.sheets.append(Sheet(receipt.text, receipt.png))
        for event in output.events:
            if event.type == "drawer.opened":
                self.drawer_kicks.append(event.data["pin"])
                if not self.keeps_drawer_open:
                    self._apply(self._printer.close_drawer(time.monotonic()))
            elif event.type in {"printer.command.unknown", "printer.codepage.unsupported"}:
                self.complaints.append(f"{event.type} {dict(event.data)}")
        for write in output.writes:
            if write.connection in self._clients:
                self._clients[write.connection].sendall(write.data)
            elif write.connection in self._ends:
                self._ends[write.connection](write.data)
