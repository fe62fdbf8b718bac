"""Learns how a scanner is set from what it sends for labels whose text is known.

The first label fixes nothing alone; together with the second, in which every digit and capital stands once, it tells
what comes before and after each code, and which letter comes for which. Signs stand between letters on their label,
because on some keyboards a sign is an accent that waits for the next key, and would take it with it.
"""

from __future__ import annotations

import re
from itertools import takewhile

from omsdesk.devices.scanner import GS, ScannerOptions
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.domain.records import record

_DIGITS, _CAPITALS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BETWEEN = "q"
_SIGNS = ("-/:].$+%*_=", "?&#@,;()!")
_NUMBER, _LOT = "2012345678903", "10AB"
_AIM = re.compile(r"(.*)\][A-Za-z][0-9A-Za-z]\Z", re.DOTALL)


@record
class TestLabel:
    """A barcode to be scanned."""

    symbology: Symbology
    content: str
    """What it says; of GS1 with its identifiers in brackets."""
    purpose: str
    """What is learnt from it, for people."""


LABELS = (
    TestLabel(Symbology.EAN_13, _NUMBER, "A number, as goods have it"),
    TestLabel(Symbology.CODE_128, _DIGITS + _CAPITALS, "Digits and capital letters"),
    TestLabel(Symbology.CODE_128, _CAPITALS.lower(), "Small letters"),
    TestLabel(Symbology.CODE_128, _BETWEEN + _BETWEEN.join(_SIGNS[0]) + _BETWEEN, "Signs"),
    TestLabel(Symbology.CODE_128, _BETWEEN + _BETWEEN.join(_SIGNS[1]) + _BETWEEN, "More signs"),
    TestLabel(Symbology.GS1_128, f"(01)0{_NUMBER}(10)AB(21)CD", "Several facts in one code"),
)

_ANOTHER = "That was not the code that is shown. Scan code {}."
_CHECK_DIGIT = (
    "The scanner leaves the last digit of a number out, and no product would be found. "
    "Scan “transmit check digit” for EAN-13 and UPC in its manual, then code 1."
)
_LOST = (
    "Some letters get lost on their way here. Scan the code of this computer's keyboard language in the scanner's "
    "manual, or the one for a serial port (USB COM) or “HID POS”, and begin again."
)
_CAPS = "Caps Lock is on. Switch it off and begin again."
_NO_SMALL = "It makes capital letters of small ones. “No case conversion” in its manual ends that."
_SIGNS_LOST = (
    "These signs do not arrive: {}. Codes that have them need the scanner on a serial port or in HID POS mode."
)
_NO_GROUP = (
    "It leaves out what stands between the facts of a code, so lots and serial numbers may be read wrong. "
    "Scan “send GS” or “ALT mode” in its manual, or take a serial port or HID POS mode."
)
_NO_AIM = "It does not say which kind of code it read. “AIM identifier” in its manual makes labels with weights surer."


class Lesson:
    """One round of scanning the labels in their order."""

    def __init__(self) -> None:
        self._remarks: list[str] = []
        self._lost: list[str] = []
        """Signs that do not arrive."""
        self._raws: list[str] = []
        self._start = self._end = 0
        """How many characters come before and after a code."""
        self._meant: dict[str, str] = {}
        self._group = ""
        self._keys = ("", "Return")

    @property
    def step(self) -> int:
        """How many labels were learnt from."""
        return len(self._raws)

    @property
    def is_done(self) -> bool:
        """Whether all were."""
        return self.step == len(LABELS)

    @property
    def remarks(self) -> list[str]:
        """What is better set otherwise, for people."""
        lost = [_SIGNS_LOST.format(" ".join(self._lost))] if self._lost else []
        return [*lost, *self._remarks]

    @property
    def parts_facts(self) -> bool:
        """Whether anything stands between the facts of a code."""
        return bool(self._group)

    def hear(self, raw: str, start_key: str = "", end_key: str = "Return") -> str:
        """Learn from the next label; gives a sentence where that was something else, and nothing changed."""
        learn = (self._number, self._capitals, self._small, self._signs, self._signs, self._facts)[self.step]
        fault = learn(raw)
        if not fault:
            self._raws.append(raw)
            self._keys = (start_key, end_key)
        return fault

    def options(self, title: str = "") -> ScannerOptions:
        """Give what was learnt."""
        prefix, mark, suffix = self._around()
        start_key, end_key = self._keys
        wrong = "".join(f"{came}{meant}" for came, meant in self._meant.items() if came != meant)
        return ScannerOptions(
            title, prefix, suffix, mark, "" if self._group == GS else self._group, wrong,
            start_key=start_key, end_key="Return" if end_key == "Tab" else end_key,
        )  # fmt: skip

    # ------------------------------------------------------------------------------ label by label

    def _number(self, raw: str) -> str:
        return "" if len(raw) >= len(_NUMBER) - 1 else _ANOTHER.format(1)

    def _capitals(self, raw: str) -> str:
        first, label = self._raws[0], LABELS[1].content
        around = len(raw) - len(label)
        if around < 0 or around == len(first) - len(_NUMBER) + 1:
            return _CHECK_DIGIT if around >= 0 else _ANOTHER.format(2)
        for start in range(around + 1):
            came = raw[start : start + len(label)]
            meant = dict(zip(came, label, strict=True))
            number = "".join(meant.get(letter, "") for letter in first[start : start + len(_NUMBER)])
            if len(meant) == len(label) and number == _NUMBER and len(first) - len(_NUMBER) == around:
                self._start, self._end, self._meant = start, around - start, meant
                return ""
        return _LOST

    def _small(self, raw: str) -> str:
        came, label = self._inside(raw), LABELS[2].content
        if len(came) != len(label):
            return _LOST if self._is_near(came, label) else _ANOTHER.format(3)
        capitals = [letter for letter, meant in self._meant.items() if meant in _CAPITALS]
        if came == "".join(capitals):
            self._remarks.append(_NO_SMALL)
            return ""
        if came == _CAPITALS and "".join(capitals) == label:
            return _CAPS
        if len(set(came)) != len(label) or self._meant.keys() & set(came):
            return _LOST
        self._meant.update(zip(came, label, strict=True))
        return ""

    def _signs(self, raw: str) -> str:
        """Read each sign between two letters; one that is missing there was lost on the way."""
        came, signs, lost = self._inside(raw), _SIGNS[self.step - 3], []
        between = {meant: letter for letter, meant in self._meant.items() if meant.lower() == _BETWEEN}
        first, *parts = came.split(between.get(_BETWEEN) or between[_BETWEEN.upper()])
        is_other = len(parts) - 1 == len(_SIGNS[4 - self.step])
        if first or not parts or parts.pop() or is_other:
            return _ANOTHER.format(self.step + 1)
        # Where an accent took a letter with it, nobody knows which signs the others are.
        for sign, part in zip(signs, parts if len(parts) == len(signs) else [""] * len(signs), strict=True):
            if len(part) == 1 and part not in self._meant:
                self._meant[part] = sign
            else:
                lost.append(sign)
        self._lost += lost
        return ""

    def _facts(self, raw: str) -> str:
        text = "".join(self._meant.get(letter, letter) for letter in self._inside(raw))
        found = re.fullmatch(f".?010{_NUMBER}{_LOT}(.*)21CD.?", text, re.DOTALL)
        if found is None:
            return _ANOTHER.format(6)
        self._group = found[1]
        if not self._group:
            self._remarks.append(_NO_GROUP)
        if not self._all_named([*self._raws, raw]):
            self._remarks.append(_NO_AIM)
        return ""

    # ------------------------------------------------------------------------------ what stands around a code

    def _inside(self, raw: str) -> str:
        return raw[self._start : len(raw) - self._end]

    def _is_near(self, came: str, label: str) -> bool:
        """Tell whether so much came that it is the label, with letters lost."""
        return len(label) - 4 <= len(came) < len(label)

    def _before(self, raws: list[str]) -> list[str]:
        return ["".join(self._meant.get(letter, letter) for letter in raw[: self._start]) for raw in raws]

    def _all_named(self, raws: list[str]) -> bool:
        return all(_AIM.match(before) for before in self._before(raws))

    def _around(self) -> tuple[str, int, str]:
        """Part what comes before a code into a prefix and a mark that differs from label to label."""
        before = self._before(self._raws)
        named = [found[1] for text in before if (found := _AIM.match(text)) is not None]
        after = self._raws[0][len(self._raws[0]) - self._end :]
        suffix = "".join(self._meant.get(letter, letter) for letter in after)
        if len(named) == len(before) and len(set(named)) == 1:
            return named[0], 0, suffix
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*before, strict=True))
        prefix = "".join(letters[0] for letters in alike)
        return prefix, self._start - len(prefix), suffix
