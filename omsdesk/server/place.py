"""Where the service listens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """An address and what it is reached by. Without a certificate it speaks HTTP, for a proxy on the same machine.

    ``proxies`` are the addresses of proxies that say whom they ask for, separated by commas.
    """

    host: str = "127.0.0.1"
    port: int = 8460
    certificate: Path | None = None
    key: Path | None = None
    proxies: str = ""
