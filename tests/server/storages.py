"""The two databases of the service, as the tests drive them: each with whatever it needs to run what waits."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar

from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.postgres import open_postgres
from omsdesk.server.storage import Storage

_Result = TypeVar("_Result")


class Kept(Protocol):
    """A database that is open."""

    storage: Storage

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Run something to its end."""

    def again(self) -> None:
        """Close it and open it anew, as a restart of the service does."""

    def close(self) -> None:
        """Close it."""


class OnFile:
    """A file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.storage: Storage = EmbeddedStorage(path)

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return run_now(work)

    def again(self) -> None:
        self.close()
        self.storage = EmbeddedStorage(self.path)

    def close(self) -> None:
        self.run(self.storage.close())


class OnPostgres:
    """A database of a PostgreSQL server, and the loop in which its connections live."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._runner = asyncio.Runner()
        self.storage: Storage = self.run(open_postgres(url))

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return self._runner.run(work)

    def again(self) -> None:
        self.run(self.storage.close())
        self.storage = self.run(open_postgres(self.url))

    def close(self) -> None:
        self.run(self.storage.close())
        self._runner.close()
