"""A label printer on a real loopback socket, as its maker's manual describes it: it buffers, prints, and can be asked.

No emulator of others answers ``~HS`` or ``<ESC>!?``; this one follows the manuals, and has the faults of real printers.
What it "prints" is the bytes of each label, so that a test sees which came out, in which order and how often.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

_ZPL_FORM = re.compile(rb"\^XA.*?\^XZ\n?", re.DOTALL)
_ZPL_COPIES = re.compile(rb"\^PQ(\d+)")
_TSPL_FORM = re.compile(rb"\r\nSIZE .*?\r\nPRINT \d+,(\d+)\r\n", re.DOTALL)


@dataclass
class LabelPrinterOnASocket:
    """``language`` is ``zpl`` or ``tspl``. Faults are set at any time, from the test's thread."""

    language: str = "zpl"
    seconds_a_label: float = 0.002
    port: int = 0
    printed: list[bytes] = field(default_factory=list)
    """One form for each label that came out."""
    out_of_labels_after: int | None = None
    dies_after_bytes: int | None = None
    is_head_open: bool = False
    is_paused: bool = False
    is_mute: bool = False
    can_cancel: bool = True
    """Whether a ZPL printer forgets what it holds when it is told to."""
    dots_per_mm: int = 8
    """What a ZPL printer says of itself; 0 for one that does not know the question."""

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._data = b""
        self._forms: list[tuple[bytes, int]] = []
        self._batch: tuple[bytes, int] | None = None
        self._received = 0
        self._listener: socket.socket | None = None
        self._is_on = True

    def listen(self) -> Self:
        """Take connections on a free port, and begin to print."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        threading.Thread(target=self._print, daemon=True).start()
        return self

    def switch_off(self) -> None:
        """Forget everything that is not on paper."""
        self._is_on = False
        if self._listener is not None:
            with suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()

    def put_in_labels(self) -> None:
        """A new roll, as long as any."""
        self.out_of_labels_after = None

    @property
    def waiting(self) -> int:
        """How many forms it has that it has not begun to print."""
        with self._lock:
            return len(self._forms)

    @property
    def is_out_of_labels(self) -> bool:
        """Whether the roll is used up."""
        return self.out_of_labels_after is not None and len(self.printed) >= self.out_of_labels_after

    def _accept(self) -> None:
        assert self._listener is not None
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            while data := client.recv(4096):
                if self.dies_after_bytes is not None and self._received + len(data) >= self.dies_after_bytes:
                    self._take(client, data[: self.dies_after_bytes - self._received])
                    self.switch_off()
                    return
                self._take(client, data)

    def _take(self, client: socket.socket, data: bytes) -> None:
        question = b"~HS" if self.language == "zpl" else b"\x1b!?"
        with self._lock:
            self._received += len(data)
            self._data += data
            if b"~JA" in self._data:
                self._cancel()
            asked = self._data.count(question)
            self._data = self._data.replace(question, b"").replace(b"~HI", b"")
            pattern = _ZPL_FORM if self.language == "zpl" else _TSPL_FORM
            while form := pattern.search(self._data):
                copies = _ZPL_COPIES.search(form[0]) if self.language == "zpl" else form
                self._forms.append((form[0], int(copies[1]) if copies else 1))
                self._data = self._data[form.end() :]
            answer = self._hs() if self.language == "zpl" else self._esc()
        for _ in range(0 if self.is_mute else asked):
            client.sendall(answer)

    def _cancel(self) -> None:
        """Forget what came before the command, printed or not (ZPL II Programming Guide, ``~JA``)."""
        before, _, after = self._data.rpartition(b"~JA")
        self._data = after if self.can_cancel else before + after
        if self.can_cancel:
            self._forms, self._batch = [], None

    def _hs(self) -> bytes:
        left = self._batch[1] if self._batch else 0
        identity = b"\x02ZD421-203dpi,V93.21.26Z,%d,8192KB,X\x03\r\n" % self.dots_per_mm if self.dots_per_mm else b""
        is_partial = int(b"^XA" in self._data)
        first = (
            f"030,{self.is_out_of_labels:d},{self.is_paused:d},0240,{len(self._forms):03},0,0,{is_partial},000,0,0,0"
        )
        second = f"000,0,{self.is_head_open:d},0,1,2,6,0,{left:08},1,000"
        return identity + b"".join(b"\x02%s\x03\r\n" % line.encode() for line in (first, second, "1234,0"))

    def _esc(self) -> bytes:
        is_printing = bool(self._forms or self._batch or b"CLS" in self._data)
        bits = (self.is_head_open, 0x01), (self.is_out_of_labels, 0x04), (self.is_paused, 0x10), (is_printing, 0x20)
        return bytes([sum(bit for is_so, bit in bits if is_so)])

    def _print(self) -> None:
        while self._is_on:
            time.sleep(self.seconds_a_label)
            with self._lock:
                if not self._is_on or self.is_head_open or self.is_paused or self.is_out_of_labels:
                    continue
                if self._batch is None and self._forms:
                    self._batch = self._forms.pop(0)
                if self._batch is not None:
                    form, left = self._batch
                    self.printed.append(form)
                    self._batch = (form, left - 1) if left > 1 else None
