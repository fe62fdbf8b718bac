"""A newcomer's first minute: dev.py says what is missing, what it does, and starts the right thing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parent.parent


def a_machine_without(*absent: str) -> Callable[[str], object]:
    """Something to load libraries with, on a machine that lacks some."""

    def load(library: str) -> None:
        if library in absent:
            raise OSError(library)

    return load


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian without the library that Qt paints with."""
    lacking = a_machine_without("libEGL.so.1")
    find = dev.missing_libraries
    monkeypatch.setattr(dev, "missing_libraries", lambda purposes: find(purposes, lacking))
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")


class TestTheMachine:
    """What Qt needs of it."""

    def test_a_complete_machine_lacks_nothing(self) -> None:
        assert dev.missing_libraries(dev.LIBRARIES, a_machine_without()) == {}

    def test_the_library_that_is_missing_is_the_one_that_is_named(self) -> None:
        lacking = a_machine_without("libEGL.so.1", "libxcb-icccm.so.4")
        assert dev.missing_libraries(["Qt", "a window"], lacking) == {
            "libEGL.so.1": "libegl1",
            "libxcb-icccm.so.4": "libxcb-icccm4",
        }

    def test_without_a_display_nothing_for_windows_is_asked_for(self) -> None:
        assert dev.missing_libraries(["Qt"], a_machine_without("libxcb-icccm.so.4")) == {}

    def test_libraries_are_really_looked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(dev.LIBRARIES, "Qt", {"libc.so.6": "libc6", "libdoesnotexist.so.7": "nowhere"})
        if sys.platform == "linux":
            assert dev.missing_libraries(["Qt"]) == {"libdoesnotexist.so.7": "nowhere"}

    def test_a_program_is_looked_for_where_debian_keeps_it_too(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / "15").mkdir()
        (tmp_path / "15" / "kept-away").touch()
        wanted = {"kept-away": (f"{tmp_path}/*/kept-away", "there"), "no-such-program": ("/nowhere/*", "nowhere")}
        monkeypatch.setitem(dev.PROGRAMS, "the service", {"git": ("/nowhere", "git"), **wanted})
        assert dev.missing_programs(["the service"]) == {"no-such-program": "nowhere"}
        assert dev.missing_programs([]) == {}

    def test_one_package_is_asked_for_once(self) -> None:
        assert dev.install_line(["libglib2.0-0", "libegl1", "libglib2.0-0"]) == [
            *["apt-get", "install", "-y", "--no-install-recommends"],
            *["libegl1", "libglib2.0-0"],
        ]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings everything along")
@pytest.mark.usefixtures("bare_machine")
class TestSomethingIsMissing:
    """Who may install it, and who is told how."""

    def test_a_person_is_given_one_line_to_run(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        assert dev.main(["test"]) == 2
        said = capsys.readouterr().err
        assert "lacks libEGL.so.1." in said
        assert "\n  sudo apt-get install -y --no-install-recommends libegl1\n" in said

    def test_the_tests_want_a_database_and_what_stands_before_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        monkeypatch.setattr(dev, "missing_programs", lambda _: {"postgres": "postgresql", "pgbouncer": "pgbouncer"})
        assert dev.main(["test"]) == 2
        assert "sudo apt-get install -y --no-install-recommends libegl1 pgbouncer postgresql" in capsys.readouterr().err

    def test_another_system_is_told_the_names(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda _: None)
        assert dev.main(["test"]) == 2
        assert "Debian has them in: libegl1." in capsys.readouterr().err

    def test_root_has_them_installed_after_fetching_the_lists(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done: list[tuple[str, ...]] = []

        def fresh_apt(*command: str) -> None:
            done.append(command)
            if command[1] == "install" and ("apt-get", "update") not in done:
                raise dev.Stop("E: Unable to locate package libegl1")

        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(dev, "quietly", fresh_apt)
        monkeypatch.setenv("DEBIAN_FRONTEND", "teletype")
        dev.prepare_machine(["Qt"])
        assert [command[1] for command in done] == ["install", "update", "install"]
        assert re.search(r"Debian packages libegl1 \.\.\. \d+\.\d s\n", capsys.readouterr().out)


class TestTheDisplay:
    """A window where one can be shown, pictures where not."""

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always one")
    @pytest.mark.parametrize(("variable", "shown"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("TERM", False)])
    def test_linux_says_so_in_the_environment(
        self, monkeypatch: pytest.MonkeyPatch, variable: str, *, shown: bool
    ) -> None:
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv(variable, ":0")
        assert dev.has_display() is shown

    def test_windows_and_macos_always_have_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.setattr(sys, "platform", "darwin")
        assert dev.has_display()

    @pytest.mark.parametrize(
        ("arguments", "screen", "started"),
        [
            ([], True, ["demo"]),
            ([], False, ["demo", "--offscreen"]),
            (["--seed", "7"], False, ["demo", "--offscreen", "--seed", "7"]),
            (["till", "--data", "shop"], False, ["till", "--data", "shop"]),
        ],
    )
    def test_run_starts_the_demo_unless_told_otherwise(
        self, arguments: list[str], started: list[str], *, screen: bool
    ) -> None:
        assert dev.role(arguments, has_screen=screen) == started


class TestTheEnvironment:
    """.venv, filled once."""

    def test_another_lock_or_python_fills_it_again(self) -> None:
        lock = b"alembic==1.20.1"
        assert dev.fingerprint(lock, (3, 11)) == dev.fingerprint(lock, (3, 11))
        assert len({dev.fingerprint(lock, (3, 11)), dev.fingerprint(lock, (3, 12)), dev.fingerprint(b"", (3, 11))}) == 3

    def test_what_is_filled_is_left_alone(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        stamp = tmp_path / "installed"
        foreign = dev.EMUPOS.encode() + (dev.ZEBRA / "package-lock.json").read_bytes()
        stamp.write_text(dev.fingerprint(dev.LOCK.read_bytes() + foreign, sys.version_info[:2]))
        monkeypatch.setattr(dev, "STAMP", stamp)
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(dev, "make_venv", lambda: pytest.fail("nothing was to be done"))
        dev.install()

    def test_pip_takes_over_where_uv_cannot(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done: list[tuple[str, ...]] = []

        def machine_without_uv(*command: str) -> None:
            if any("uv" in part.split("==") for part in command):
                raise dev.Stop("no matching distribution")
            done.append(command)

        monkeypatch.setattr(dev, "STAMP", tmp_path / "installed")
        monkeypatch.setattr(dev, "VENV", tmp_path)
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(dev, "quietly", machine_without_uv)
        dev.install()
        packages, foreign_printer, foreign_zebra = done
        assert foreign_zebra[:2] == ("npm", "ci")
        assert foreign_zebra[-1] == str(tmp_path)
        assert (tmp_path / "package-lock.json").exists()
        assert packages[-3:] == ("--require-hashes", "-r", str(dev.LOCK))
        assert foreign_printer[-3:-1] == ("--require-hashes", "-r")
        assert Path(foreign_printer[-1]).read_text() == dev.EMUPOS
        assert dev.STAMP.exists()
        assert "packages, by pip ... " in capsys.readouterr().out

    def test_without_npm_it_is_full_and_says_what_will_be_skipped(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def machine_without_npm(*command: str) -> None:
            if command[0] == "npm":
                raise dev.Stop("npm: command not found")

        monkeypatch.setattr(dev, "STAMP", tmp_path / "installed")
        monkeypatch.setattr(dev, "VENV", tmp_path)
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(dev, "quietly", machine_without_npm)
        dev.install()
        assert dev.STAMP.exists()
        assert "will be skipped: install nodejs and npm" in capsys.readouterr().out

    def test_a_half_filled_one_is_not_taken_for_full(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        def fail(*_: str) -> None:
            raise dev.Stop("no network")

        monkeypatch.setattr(dev, "STAMP", tmp_path / "installed")
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(dev, "quietly", fail)
        with pytest.raises(dev.Stop, match="no network"):
            dev.install()
        assert not dev.STAMP.exists()

    def test_one_that_lost_its_python_is_made_again(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(dev, "PYTHON", tmp_path / "bin" / "python")
        assert not dev.is_usable_venv()
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        assert dev.is_usable_venv()

    def test_omsdesk_is_importable_from_anywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONPATH", "mine")
        assert dev.environment()["PYTHONPATH"] == f"{ROOT}{os.pathsep}mine"
        monkeypatch.delenv("PYTHONPATH")
        assert dev.environment()["PYTHONPATH"] == str(ROOT)


class TestWhatAPersonReads:
    """Progress, failures and help."""

    def test_a_step_says_what_and_how_long(self, capsys: pytest.CaptureFixture[str]) -> None:
        with dev.step("packages"):
            pass
        assert capsys.readouterr().out == "  packages ... 0.0 s\n"

    def test_a_step_that_fails_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(dev.Stop), dev.step("packages"):
            raise dev.Stop
        assert capsys.readouterr().out == "  packages ... failed\n"

    def test_a_program_that_fails_is_quoted(self) -> None:
        with pytest.raises(dev.Stop, match="disk is full"):
            dev.quietly(sys.executable, "-c", "import sys; sys.exit('disk is full')")

    def test_a_program_that_is_not_there_is_named(self) -> None:
        with pytest.raises(dev.Stop, match="no-such-program"):
            dev.quietly("no-such-program")

    def test_a_program_that_succeeds_is_not_heard(self, capfd: pytest.CaptureFixture[str]) -> None:
        dev.quietly(sys.executable, "-c", "print('chatter')")
        assert capfd.readouterr() == ("", "")

    def test_a_failing_check_stops_no_other(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        checks = {"types": ("-c", "raise SystemExit('no type')"), "lint": ("-c", "")}
        monkeypatch.setattr(dev, "CHECKS", checks)
        monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
        monkeypatch.setattr(dev, "install", lambda: None)
        assert dev.main(["check"]) == 1
        said = capsys.readouterr().out
        assert "no type" in said
        assert re.search(r"  lint \.\.\. \d\.\d s\nFailed: types\n\Z", said)

    def test_help_names_every_command(self) -> None:
        said = subprocess.run(
            [sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert all(f"\n  {command}  " in said.stdout for command in dev.COMMANDS)

    def test_an_unknown_command_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit, match="2"):
            dev.main(["fly"])
        assert "invalid choice: 'fly'" in capsys.readouterr().err

    def test_arguments_are_passed_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        passed: list[list[str]] = []

        def command(arguments: Sequence[str]) -> int:
            passed.append(list(arguments))
            return 0

        monkeypatch.setitem(dev.COMMANDS, "test", command)
        assert dev.main(["test", "--long", "-k", "receipt"]) == 0
        assert dev.main(["test", "--", "--help"]) == 0
        assert passed == [["--long", "-k", "receipt"], ["--help"]]


class TestTheRuns:
    """All tests on all cores, what somebody chooses in one plain run."""

    @pytest.mark.parametrize("arguments", [[], ["--long"]])
    def test_every_test_is_in_one_of_two_runs(self, arguments: list[str]) -> None:
        together, alone = dev.runs(arguments)
        assert together == ["-m", "not alone", "-n", "auto", "--dist", "worksteal", *arguments]
        assert alone == ["-m", "alone", *arguments]

    @pytest.mark.parametrize("chosen", [["-k", "receipt"], ["tests/ui"], ["--last-failed"], ["-x", "--long"]])
    def test_who_chooses_gets_one_plain_run(self, chosen: list[str]) -> None:
        assert dev.runs(chosen) == [chosen]

    def test_a_failure_in_either_run_is_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dev, "prepare_machine", lambda *_: None)
        monkeypatch.setattr(dev, "install", lambda: None)
        for codes in ((0, 1), (1, 0), (-11, 0), (0, -11)):
            said = iter(codes)
            monkeypatch.setattr(dev, "python", lambda *_, said=said: next(said))
            assert dev.test([]) != 0
            assert list(said) == [], "the other run took place"
        monkeypatch.setattr(dev, "python", lambda *_: 0)
        assert dev.test([]) == 0


class TestTheLock:
    """requirements.lock: the same versions on every machine, from whatever registry that machine uses."""

    LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    NAMES = re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE)

    def test_it_holds_no_address(self) -> None:
        assert "://" not in self.LOCK
        assert "index-url" not in self.LOCK

    def test_every_version_is_held_by_hashes(self) -> None:
        entries = re.split(r"^(?=\S)", self.LOCK, flags=re.MULTILINE)[1:]
        assert len(entries) == len(self.NAMES)
        assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []

    def test_it_answers_pyproject(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
        names = [re.split(r"[<>=!~;\[ ]", one, maxsplit=1)[0].lower() for one in asked]
        assert [name for name in names if name not in self.NAMES] == []

    def test_it_serves_every_system(self) -> None:
        assert re.search(r"^pywin32-ctypes==\S+ ; sys_platform == 'win32'", self.LOCK, re.MULTILINE)

    def test_the_qt_binding_is_one_that_keeps_its_references(self) -> None:
        version = re.search(r"^pyside6-essentials==6\.(\d+)", self.LOCK, re.MULTILINE)
        assert version
        assert 8 <= int(version[1]) < 12
