"""The service's side of the process that keeps its tables: started beside it, woken, and started again if it ends."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_log = logging.getLogger("omsdesk.server")
_AGAIN_SECONDS = 5.0
_GATHER_SECONDS = 0.2


class FollowerProcess:
    """The process that keeps the tables."""

    def __init__(
        self, database: str, folder: Path, on_lag: Callable[[int], None], on_damage: Callable[[], None]
    ) -> None:
        """Name the database and the folder; ``start`` begins.

        ``on_lag`` hears how many entries the tables lack, ``on_damage`` that some were damaged and are made anew.
        """
        self._command = (sys.executable, "-m", "omsdesk", "server", "tables", "--tables", str(folder))
        # The address of a database may hold a password, and everybody can read what programs are started with.
        self._environment = {**os.environ, "OMSDESK_DATABASE": database}
        self._on_lag, self._on_damage = on_lag, on_damage
        self._process: asyncio.subprocess.Process | None = None
        self._task: asyncio.Task[None] | None = None
        self._poke: asyncio.TimerHandle | None = None
        self._news: set[str] = set()
        self._ordered: set[tuple[str, str]] = set()

    def start(self) -> None:
        """Begin, in the loop that runs."""
        self._task = asyncio.create_task(self._keep())

    def poke(self, tenant: str) -> None:
        """Say that there is news of a business. Several in a short time are one."""
        self._news.add(tenant)
        if self._poke is None:
            self._poke = asyncio.get_running_loop().call_later(_GATHER_SECONDS, self._say_news)

    def order(self, tenant: str, store: str) -> None:
        """Have a copy made for the new stations of a store."""
        if (tenant, store) not in self._ordered:
            self._ordered.add((tenant, store))
            self._say("copy", tenant, store)

    async def stop(self) -> None:
        """End the process. It is in the middle of nothing that matters."""
        if self._poke is not None:
            self._poke.cancel()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    def _say_news(self) -> None:
        self._poke, news, self._news = None, sorted(self._news), set()
        self._say("news", *news)

    def _say(self, *order: str) -> None:
        if self._process is not None and self._process.stdin is not None and self._process.returncode is None:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _keep(self) -> None:
        while True:
            try:
                await self._run()
            except (OSError, ValueError) as error:
                _log.warning("The tables cannot be kept.", extra={"fields": {"error": type(error).__name__}})
            _log.warning("The process that keeps the tables ended. It is started again.")
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _run(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self._environment,
        )
        self._ordered.clear()
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        said = json.loads(line)
        if "lag" in said:
            self._on_lag(said["lag"])
        elif "damaged" in said:
            self._on_damage()
        elif "copied" in said:
            tenant, store = said["copied"]
            self._ordered.discard((tenant, store))
