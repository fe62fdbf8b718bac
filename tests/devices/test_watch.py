"""What was plugged in is seen."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from omsdesk.devices import device_thread, watch
from omsdesk.devices.watch import Watch, plugged_in
from tests.patience import until


def test_a_change_is_told_once() -> None:
    there, told = ["a"], []
    watching = Watch(lambda: told.append(tuple(there)), lambda: tuple(there), seconds=0.01)
    watching.start()
    until(lambda: watching._seen == ("a",))
    there.append("b")
    until(lambda: told == [("a", "b")])
    there.remove("a")
    until(lambda: told == [("a", "b"), ("b",)])
    watching.stop()


def test_a_fault_does_not_end_the_watch() -> None:
    state = {"n": 0, "told": 0}

    def seen() -> int:
        state["n"] += 1
        if state["n"] == 2:
            raise OSError("the bus is busy")
        return state["n"]

    def told() -> None:
        state["told"] += 1

    watching = Watch(told, seen, seconds=0.01)
    watching.start()
    until(lambda: state["told"] > 2)
    watching.stop()


def test_a_fault_in_the_very_first_look_does_not_end_it_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_thread, "_FAULT_SECONDS", 0.01)
    there, told, faults = ["a"], [], [OSError("the bus is busy")]

    def seen() -> tuple[str, ...]:
        if faults:
            raise faults.pop()
        return tuple(there)

    watching = Watch(lambda: told.append(tuple(there)), seen, seconds=0.01)
    watching.start()
    until(lambda: watching._seen == ("a",))
    there.append("b")
    until(lambda: told == [("a", "b")])
    watching.stop()


def test_a_watch_that_never_began_can_stop() -> None:
    Watch(lambda: None).stop()


def test_devices_are_entries_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PLACES", (str(tmp_path), str(tmp_path / "not there")))
    monkeypatch.setattr("sys.platform", "linux")
    before = plugged_in()
    assert plugged_in() == before
    (tmp_path / "1-1").mkdir()
    assert plugged_in() != before


def test_elsewhere_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    # Pyserial looks at the platform when it is loaded, and knows nothing of this one.
    importlib.import_module("serial.tools.list_ports")
    monkeypatch.setattr("sys.platform", "somewhere")
    assert isinstance(plugged_in(), tuple)
