"""Real keys on a real X server: thousands of scans in the middle of typing, and not one character lost or leaked.

The scanner is emupos, and so foreign. Where the machine itself held a scanner up between two keys, so that nobody could
know it for one, that scan is judged apart: nothing of it may be lost either.
"""

from __future__ import annotations

import json
import random
import re
import string
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import Any

import pytest

from omsdesk.devices.scanner_lesson import LABELS, Lesson
from omsdesk.ui.burst import BURST_GAP, SHORTEST_SCAN, STUTTER
from tests.ui.x_server import x_server

Step = list[Any]

BRACKET, CONTROL, F9 = 35, 37, 75
"""Physical keys: ] of an American keyboard, Ctrl and F9."""


@dataclass
class Heard:
    """What the window wrote down."""

    scans: list[dict[str, str]]
    field: str
    keys: list[tuple[int, str]]

    @property
    def texts(self) -> list[str]:
        return [scan["text"] for scan in self.scans]


@dataclass
class Plan:
    """What is scanned and typed, in its order."""

    steps: list[Step] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    typed: str = ""

    @classmethod
    def of(cls, seed: int, scans: int) -> Plan:
        """Mix scans with typing: a person types a letter every 60 to 180 ms, and is scanned into at any moment."""
        chance, plan = random.Random(seed), cls()
        for _ in range(scans):
            for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
                letter = chance.choice(string.ascii_lowercase + " ,-7")
                plan.typed += letter
                plan.steps.append(["type", letter, chance.randint(60, 180)])
            code = "".join(chance.choices(string.digits + string.ascii_uppercase + "-/.", k=chance.randint(5, 20)))
            plan.codes.append(code)
            plan.steps += [["scan", code, chance.choice((0, 1, 2, 4))], ["wait", chance.choice((45, 60, 120))]]
        return plan


def play(steps: Sequence[Step], layout: str = "us", options: Sequence[dict[str, Any]] | str = ()) -> Heard:
    """Let a typist on a server of its own type into a window, and give what the window heard."""
    with x_server(layout) as environment:
        start = partial(subprocess.Popen, stdin=subprocess.PIPE, text=True, env=environment)
        with start([sys.executable, "-m", "tests.ui.wedge_desk"], stdout=subprocess.PIPE) as desk:
            assert desk.stdin is not None
            assert desk.stdout is not None
            assert desk.stdout.readline() == "ready\n"
            if options:
                desk.stdin.write((options if isinstance(options, str) else json.dumps(options)) + "\n")
                desk.stdin.flush()
                assert desk.stdout.readline() == "ready\n"
            with start([sys.executable, "-m", "tests.ui.wedge_typist"]) as typist:
                typist.communicate(json.dumps(list(steps)))
            assert typist.returncode == 0
            written, _ = desk.communicate("\n")
    return Heard(**json.loads(written))


def disturbed(plan: Plan, heard: Heard) -> list[str]:
    """Find the codes whose keys did not come as a scanner presses them: the machine was too busy."""
    moments, at, found = [(0, ""), *(key for key in heard.keys if key[1])], 1, []
    for verb, *rest in plan.steps:
        if verb == "wait":
            continue
        text = str(rest[0]) + ("\r" if verb == "scan" else "")
        part = moments[at - 1 : at + len(text)]
        assert "".join(key for _, key in part[1:]) == text, "the server itself lost a key"
        at += len(text)
        before, *gaps = (after - before for (before, _), (after, _) in pairwise(part))
        is_slow = any(gap > BURST_GAP for gap in gaps[: SHORTEST_SCAN - 1]) or any(gap > STUTTER for gap in gaps)
        # A person's key may have been held up until the scanner's came.
        if verb == "scan" and (is_slow or before <= BURST_GAP):
            found.append(str(rest[0]))
    return found


def judge(plan: Plan, heard: Heard) -> list[str]:
    """Hold what was heard against the plan; gives the codes that the machine held up."""
    slow = disturbed(plan, heard)
    if not slow:
        assert heard.texts == plan.codes
        assert heard.field == plan.typed
        return slow
    sound = [code for code in plan.codes if code not in slow]
    heard_whole = [code for code in heard.texts if code in sound]
    missing = next((code for code in sound if code not in heard_whole), "")
    at = "".join(key for _, key in heard.keys).find(missing)
    keys = [key for key in heard.keys if key[1]]
    assert heard_whole == sound, f"{missing} came as {keys[max(0, at - 3) : at + len(missing) + 3]}"
    assert len("".join(heard.texts)) + len(heard.field) == len("".join(plan.codes)) + len(plan.typed)
    return slow


def test_scans_in_the_middle_of_typing_are_whole_and_the_typing_is() -> None:
    plan = Plan.of(1, 40)
    slow = judge(plan, play(plan.steps))
    assert len(slow) < len(plan.codes) / 4, "this machine is too busy to play a scanner"


def test_what_no_key_has_comes_by_ctrl_and_by_number() -> None:
    gs = "\x1d"
    parts = ("]C1010400638133393110AB", "21CD")
    by_ctrl: list[Step] = [["scan", parts[0], 2, "none"], ["key", BRACKET, CONTROL], ["scan", parts[1]], ["wait", 100]]
    by_number: list[Step] = [["scan", parts[0], 2, "none"], ["alt", "029"], ["scan", parts[1]], ["wait", 100]]
    all_numbers: list[Step] = [*(["alt", f"{ord(letter):03d}"] for letter in "]E04006381333931"), ["scan", "."]]
    heard = play([*by_ctrl, *by_number, *all_numbers])
    assert [(scan["aim"], scan["text"]) for scan in heard.scans] == [
        ("]C1", gs.join(("010400638133393110AB", "21CD"))),
        ("]C1", gs.join(("010400638133393110AB", "21CD"))),
        ("]E0", "4006381333931."),
    ]
    assert heard.field == ""


def test_a_letter_that_the_keyboard_composes_does_not_leak_out_of_a_code() -> None:
    # On a Swedish keyboard the American key ] is the accent of ë, and Swedish keyboards are what most tills there have.
    heard = play([["scan", "]E04006381333931"], ["wait", 100], ["type", "oat", 120]], "se")
    assert [scan["raw"] for scan in heard.scans] == ["Ë04006381333931"]
    assert heard.field == "oat"


@pytest.mark.parametrize("layout", ["us", "fr", "de"])
def test_a_scanner_under_another_keyboards_language_is_learnt_and_then_read(layout: str) -> None:
    # FNC1 in the middle of the last label comes as Ctrl and ], as of a scanner that is set to send it.
    *plain, facts = [label.content for label in LABELS]
    steps: list[Step] = [step for text in plain for step in (["key", F9], ["scan", text, 1], ["wait", 100])]
    article, lot, serial = re.findall(r"\(\d\d\)(\w+)", facts)
    steps += [["scan", f"01{article}10{lot}", 1, "none"], ["key", BRACKET, CONTROL], ["scan", f"21{serial}"]]
    lesson = Lesson()
    for scan in play([*steps, ["wait", 100]], layout, "learn").scans:
        assert lesson.hear(scan["raw"], scan["start"], scan["end"]) == ""
    assert lesson.is_done
    options = replace(lesson.options(), start_key="")
    codes = ["4006381333931", "WASA-9/zqm", "a,b;c"]
    heard = play([step for code in codes for step in (["scan", code], ["wait", 60])], layout, [options.to_dict()])
    assert (heard.texts, heard.field) == (codes, "")


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_thousand_scans_in_the_middle_of_typing() -> None:
    plans = [Plan.of(seed, 1_250) for seed in range(100, 108)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(_judged, plans))
    faults = [fault for _, fault in found if fault]
    slow = sum(len(held_up) for held_up, _ in found)
    print(f"{sum(len(plan.codes) for plan in plans)} scans, {slow} of them held up by the machine")  # noqa: T201
    assert not faults, "\n".join(faults)
    assert slow < 500


def _judged(plan: Plan) -> tuple[list[str], str]:
    """Play a plan to its end, and give what is wrong with it, so that the others are told of, too."""
    try:
        return judge(plan, play(plan.steps)), ""
    except AssertionError as fault:
        return [], str(fault)
