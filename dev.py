#!/usr/bin/env python3
"""Set up, run, test and check omsdesk from a fresh clone. Needs Python 3.11 or newer and nothing else."""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = "uv==0.13.9"
# The ESC/POS interpreter that reads our bytes back. It asks for a newer Python than it needs (the tests adapt it), and
# such a wish can only be passed over outside the lock; its hash is checked here.
EMUPOS = "emupos==0.4.0 --hash=sha256:d41f15caa2b286e7303b12c4bdcb02dc395c75553479d02b20566e2bacc2bb9a"
# The ZPL interpreter that draws our labels back, for Node; its lock file holds the hash.
ZEBRA = ROOT / "tests" / "documents" / "labels" / "node"
UV_PIP = (str(PYTHON), "-m", "uv", "pip")
PIP = (str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check")

EPILOG = """\
commands:
  run    start the demo shop; without a display: ring up a sale and say where receipt and picture lie
         (dev.py run -- till, dev.py run -- demo --offscreen: start omsdesk with these arguments)
  test   run all tests on all cores; --long adds the long ones
         (dev.py test -k receipt, dev.py test tests/ui: start pytest with these arguments, in one process)
  check  lint, format, types, import direction and house rules
  bench  run the benchmarks, with these arguments
  lock   choose newer versions within pyproject.toml and write requirements.lock (dev.py lock --upgrade)

The first command makes .venv and fills it; later ones start at once."""

# What Qt loads and which Debian package holds it, by purpose. Qt's own message blames libxcb-cursor0 whatever is
# missing, so each library is tried by name.
LIBRARIES = {
    "Qt": {
        "libEGL.so.1": "libegl1",
        "libGL.so.1": "libgl1",
        "libdbus-1.so.3": "libdbus-1-3",
        "libfontconfig.so.1": "libfontconfig1",
        "libglib-2.0.so.0": "libglib2.0-0",
        "libgthread-2.0.so.0": "libglib2.0-0",
        "libxkbcommon.so.0": "libxkbcommon0",
    },
    "a window": {
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
}

# Programs that the tests start, where Debian keeps them (PostgreSQL's server is in no PATH) and in which package.
PROGRAMS = {
    "devices": {
        "cupsd": ("/usr/sbin/cupsd", "cups"),
        "lpadmin": ("/usr/sbin/lpadmin", "cups-client"),
        "umockdev-wrapper": ("/usr/bin/umockdev-wrapper", "umockdev"),
    },
    "the service": {
        "postgres": ("/usr/lib/postgresql/*/bin/postgres", "postgresql"),
        "pgbouncer": ("/usr/sbin/pgbouncer", "pgbouncer"),
    },
}

CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy", "--strict", "omsdesk", "tests", "dev.py"),
    "imports": ("-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"),
    "house rules": ("-m", "pytest", "-q", "--tb=short", "tests/test_architecture.py"),
}


class Stop(Exception):
    """Something that only the person at the keyboard can mend; the message says how."""


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Show what is being done, and how long it took."""
    print(f"  {title} ... ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


def environment() -> dict[str, str]:
    """Environment in which omsdesk is importable from wherever a program is started."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path}


def quietly(*command: str) -> None:
    """Run a program; show what it printed only if it fails."""
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stop(str(error)) from error
    if done.returncode:
        raise Stop(f"{' '.join(command)}\n{done.stdout.strip()}")


# --- the machine ------------------------------------------------------------------------------------------------------


def has_display() -> bool:
    """Tell whether a window could be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(purposes: Iterable[str], load: Callable[[str], object] = ctypes.CDLL) -> dict[str, str]:
    """Shared libraries that cannot be loaded, each with its Debian package."""
    missing = {}
    for purpose in purposes:
        for library, package in LIBRARIES[purpose].items():
            try:
                load(library)
            except OSError:
                missing[library] = package
    return missing


def missing_programs(purposes: Iterable[str]) -> dict[str, str]:
    """Programs that are not there, each with its Debian package."""
    return {
        name: package
        for purpose in purposes
        for name, (place, package) in PROGRAMS[purpose].items()
        if not shutil.which(name) and not any(Path("/").glob(place.lstrip("/")))
    }


def install_line(packages: Iterable[str]) -> list[str]:
    """The command that installs Debian packages."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *sorted(set(packages))]


def prepare_machine(purposes: Iterable[str], programs: Iterable[str] = ()) -> None:
    """Install what Debian splits off, or say the one line that does.

    ``purposes`` are those of ``LIBRARIES``, ``programs`` those of ``PROGRAMS``.

    Raises:
        Stop: something is missing and this is not root on a Debian-like system.

    """
    if sys.platform != "linux":
        return
    missing = {**missing_libraries(purposes), **missing_programs(programs)}
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing["Python's venv"] = "python3-venv"
    if not missing:
        return
    line = install_line(missing.values())
    names = ", ".join(missing)
    if shutil.which("apt-get") is None:
        raise Stop(
            f"This system lacks {names}.\nDebian has them in: {' '.join(line[4:])}. Install yours and try again."
        )
    if os.geteuid() != 0:
        raise Stop(f"This system lacks {names}. Run this, then try again:\n\n  sudo {' '.join(line)}\n")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with step(f"Debian packages {' '.join(line[4:])}"):
        try:
            quietly(*line)
        except Stop:
            # A fresh machine has no package lists, an old one stale lists.
            quietly("apt-get", "update")
            quietly(*line)


# --- .venv ------------------------------------------------------------------------------------------------------------


def fingerprint(lock: bytes, version: tuple[int, int]) -> str:
    """What .venv was filled from: another lock or another Python fills it again."""
    return hashlib.sha256(lock + f"{version[0]}.{version[1]}".encode()).hexdigest()


def is_usable_venv() -> bool:
    """Tell whether .venv runs the Python that runs this, and has pip: one whose making was broken off has not."""
    ask = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    try:
        return subprocess.run([PYTHON, "-c", ask], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make .venv where there is none that works, with uv in it."""
    if not is_usable_venv():
        with step(".venv"):
            quietly(sys.executable, "-m", "venv", "--clear", str(VENV))
    with step("uv"):
        quietly(*PIP, UV)


def install() -> None:
    """Fill .venv with the versions in the lock, checking every hash; does nothing when that is done already."""
    foreign = EMUPOS.encode() + (ZEBRA / "package-lock.json").read_bytes()
    wanted = fingerprint(LOCK.read_bytes() + foreign, sys.version_info[:2])
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    locked = ["--require-hashes", "-r", str(LOCK)]
    try:
        make_venv()
        with step("packages"):
            quietly(*UV_PIP, "install", "--python", str(PYTHON), *locked)
    except Stop:
        # uv has no wheel for this machine, or does not know the mirror that pip is set up for.
        if not is_usable_venv():
            raise
        with step("packages, by pip"):
            quietly(*PIP, *locked)
    with step("a foreign printer for the tests"):
        wish = STAMP.with_name("emupos.txt")
        wish.write_text(EMUPOS)
        quietly(*PIP, "--no-deps", "--ignore-requires-python", "--require-hashes", "-r", str(wish))
    install_foreign_zebra()
    STAMP.write_text(wanted)


def install_foreign_zebra() -> None:
    """Put the ZPL interpreter into .venv where npm can; without it the tests that want it are skipped and say so."""
    try:
        with step("a foreign label printer for the tests"):
            for name in ("package.json", "package-lock.json"):
                shutil.copy(ZEBRA / name, VENV / name)
            quietly("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(VENV))
    except Stop as stop:
        print(f"  {stop}\n  Tests of labels against a foreign interpreter will be skipped: install nodejs and npm.")


def python(*arguments: str, cwd: Path | None = ROOT) -> int:
    """Run the checkout's own Python and return its exit code."""
    return subprocess.run([PYTHON, *arguments], cwd=cwd, env=environment(), check=False).returncode


# --- commands ---------------------------------------------------------------------------------------------------------


def role(arguments: Sequence[str], *, has_screen: bool) -> list[str]:
    """What omsdesk is started with: the role that is named, otherwise the demo shop."""
    if arguments and not arguments[0].startswith("-"):
        return list(arguments)
    return ["demo", *([] if has_screen else ["--offscreen"]), *arguments]


def run(arguments: Sequence[str]) -> int:
    """Start omsdesk in the folder that the person stands in."""
    prepare_machine(LIBRARIES if has_display() else ["Qt"])
    install()
    return python("-m", "omsdesk", *role(arguments, has_screen=has_display()), cwd=None)


def runs(arguments: Sequence[str]) -> list[list[str]]:
    """What pytest is started with, one run after the other.

    All tests run side by side on all cores, and afterwards those by themselves that need the machine for themselves.
    Whoever chooses (a path, ``-k``, ``--last-failed``) gets one plain run.
    """
    if set(arguments) - {"--long"}:
        return [list(arguments)]
    return [
        ["-m", "not alone", "-n", "auto", "--dist", "worksteal", *arguments],
        ["-m", "alone", *arguments],
    ]


def test(arguments: Sequence[str]) -> int:
    """Run the tests."""
    prepare_machine(["Qt"], ["the service", "devices"])
    install()
    # Also after one has failed, and a run that crashes has a code below nought.
    codes = [python("-m", "pytest", *run) for run in runs(arguments)]
    return next(filter(None, codes), 0)


def check(arguments: Sequence[str]) -> int:
    """Run every check, also after one has failed."""
    if arguments:
        raise Stop("check takes no arguments.")
    prepare_machine(["Qt"])
    install()
    failed = []
    for name, command in CHECKS.items():
        try:
            with step(name):
                quietly(str(PYTHON), *command)
        except Stop as stop:
            failed.append(name)
            print(f"\n{stop}\n")
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return bool(failed)


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks."""
    prepare_machine(["Qt"], ["the service", "devices"])
    install()
    return python("-m", "tests.benchmarks", *arguments)


def lock(arguments: Sequence[str]) -> int:
    """Write requirements.lock for every platform: versions and hashes, no address."""
    prepare_machine([])
    make_venv()
    options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet --group dev"
    with step("requirements.lock"):
        quietly(*UV_PIP, "compile", *options.split(), *arguments, "pyproject.toml", "-o", LOCK.name)
    install()
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "lock": lock,
}


def main(arguments: Sequence[str]) -> int:
    """Do one command and return its exit code: 2 when a person has to do something first."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file starts under whatever python3 is
        print(f"omsdesk needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on")
    asked = parser.parse_args(arguments)
    passed_on = asked.arguments[1:] if asked.arguments[:1] == ["--"] else asked.arguments
    try:
        return COMMANDS[asked.command](passed_on)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
