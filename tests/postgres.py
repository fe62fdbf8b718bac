"""A real PostgreSQL for the tests: in a folder of its own, reached by a socket in it, gone when the tests are.

``with running() as postgres`` starts one; tests get a new database of it from ``database_url`` (tests/server/conftest).
"""

from __future__ import annotations

import asyncio
import configparser
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from omsdesk.server.postgres import open_postgres

_SHAPE = "shape"
"""The database that those of the tests are copies of."""
_DEBIAN = Path("/usr/lib/postgresql")
_OWNER = "owner"
_PATIENCE_SECONDS = 20
_DURABLE = {"shared_buffers": "512MB", "max_wal_size": "4GB"}
_FORGETFUL = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
# What a shell does once nobody holds the other end of its input any more, however the tests ended.
_END_OF_SERVER = 'cat >/dev/null; "$1" stop -D "$2/data" -m immediate -s; rm -rf "$2"'
_END_OF_BOUNCER = '"$1" -q "$2" & cat >/dev/null; kill -9 $!'
EXAMPLE = Path(__file__).parents[1] / "packaging" / "server" / "pgbouncer.ini"


class Missing(Exception):
    """There is no PostgreSQL on this machine; the sentence says what to do."""


def program(name: str) -> str:
    """Find one of PostgreSQL's programs; Debian keeps them out of the way.

    Raises:
        Missing: it is not there.

    """
    folders = sorted(_DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ["PATH"]]))
    if found is None:
        raise Missing(f"There is no {name} here. Install it: apt-get install postgresql pgbouncer")
    return found


def somebody() -> dict[str, Any]:
    """Say as whom a program is to run that does not want to be root: as ``postgres``, or as nobody."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    entry = next((entry for entry in pwd.getpwall() if entry.pw_name == "postgres"), pwd.getpwnam("nobody"))
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class Postgres:
    """A server of our own. Only who may enter its folder reaches it."""

    def __init__(self, folder: Path, *, is_durable: bool) -> None:
        """Make the server's files, and start it."""
        self.folder = folder
        self._has_shape = False
        self._settings = _DURABLE if is_durable else _FORGETFUL
        self._do("initdb", "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        self.start()

    def start(self) -> None:
        """Start it, perhaps again."""
        fixed = {"listen_addresses": "", "unix_socket_directories": self.folder, "port": 5432}
        options = " ".join(f"-c {name}='{value}'" for name, value in {**fixed, **self._settings}.items())
        self._do("pg_ctl", "start", "-w", "-l", f"{self.folder}/log", "-o", options)

    def stop(self, how: str = "fast") -> None:
        """Stop it: ``fast`` as an administrator does, ``immediate`` as a power cut does."""
        self._do("pg_ctl", "stop", "-w", "-m", how)

    def kill(self, process: int) -> None:
        """End one of its processes as the system does that runs out of memory."""
        os.kill(process, signal.SIGKILL)

    def sql(self, text: str, database: str = "postgres") -> list[list[str]]:
        """Ask as the owner of everything, who sees all rows."""
        where = ["-h", str(self.folder), "-p", "5432", "-U", _OWNER, "-d", database]
        said = self._run("psql", "-XqAt", "-F\t", "-v", "ON_ERROR_STOP=1", *where, "-c", text)
        return [line.split("\t") for line in said.splitlines()]

    def url(self, database: str, **parameters: object) -> str:
        """Say where a database is."""
        rest = "".join(f"&{name}={value}" for name, value in parameters.items())
        return f"postgresql://{_OWNER}@/{database}?host={quote(str(self.folder))}&port=5432{rest}"

    def new_database(self, name: str) -> str:
        """Make a database in today's shape; gives its URL."""
        if not self._has_shape:
            self.sql(f"CREATE DATABASE {_SHAPE}")
            asyncio.run(_migrate(self.url(_SHAPE)))
            self._has_shape = True
        self.sql(f"CREATE DATABASE {name} TEMPLATE {_SHAPE}")
        return self.url(name)

    def _do(self, name: str, *arguments: str) -> None:
        self._run(name, "-D", f"{self.folder}/data", *arguments)

    def _run(self, name: str, *arguments: str) -> str:
        # A started server would inherit a pipe and hold it open, so what is said goes to a file.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                [program(name), *arguments], stdout=said, stderr=said, cwd=self.folder, check=False, **somebody()
            )
            said.seek(0)
            text = said.read()
        if done.returncode:
            raise RuntimeError(f"{name} {' '.join(arguments)}: {text}")
        return text


async def _migrate(url: str) -> None:
    await (await open_postgres(url)).close()


@contextmanager
def running(*, is_durable: bool = False) -> Iterator[Postgres]:
    """Run a server as long as the block; ``is_durable`` where the disk is the subject, otherwise it forgets for speed.

    Raises:
        Missing: there is no PostgreSQL on this machine.

    """
    pg_ctl = program("pg_ctl")
    # A socket's path may have a hundred letters, and pytest's own folders are deep.
    folder, user = Path(tempfile.mkdtemp(prefix="omsdesk-pg-")), somebody()
    if user:
        os.chown(folder, user["user"], user["group"])
    with _guarded(_END_OF_SERVER, pg_ctl, str(folder)):
        yield Postgres(folder, is_durable=is_durable)


@contextmanager
def bouncing(postgres: Postgres, database: str, connections: int) -> Iterator[str]:
    """Run PgBouncer before a database, as packaging/server/pgbouncer.ini has it; gives the URL.

    Raises:
        Missing: there is no PgBouncer on this machine.

    """
    settings = configparser.ConfigParser()
    settings.read(EXAMPLE)
    settings["databases"] = {database: f"host={postgres.folder} port=5432 dbname={database}"}
    users = postgres.folder / "users.txt"
    users.write_text(f'"{_OWNER}" ""\n')
    # Their own socket instead of a port, and no password, which the folder stands for.
    settings["pgbouncer"].update(
        listen_addr="",
        listen_port="6432",
        unix_socket_dir=str(postgres.folder),
        auth_type="trust",
        auth_file=str(users),
        default_pool_size=str(connections),
    )
    path = postgres.folder / "pgbouncer.ini"
    with path.open("w") as file:
        settings.write(file)
    with _guarded(_END_OF_BOUNCER, program("pgbouncer"), str(path)):
        _wait_for(f"{postgres.folder}/.s.PGSQL.6432")
        yield postgres.url(database).replace("port=5432", "port=6432") + "&statement_cache_size=0"


def _wait_for(path: str) -> None:
    """Wait until somebody listens at a socket."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        with socket.socket(socket.AF_UNIX) as tried:
            try:
                tried.connect(path)
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return


@contextmanager
def _guarded(script: str, *arguments: str) -> Iterator[None]:
    guard = subprocess.Popen(
        ["sh", "-c", script, "guard", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        start_new_session=True,
        **somebody(),
    )
    try:
        yield
    finally:
        guard.communicate()
