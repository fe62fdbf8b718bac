"""What we hold a driver to. Its card answers each rule with ``done``, or says why it does not hold."""

from __future__ import annotations

from omsdesk.devices.driver import Card

DONE = "done"

RULES = {
    "probe": "recognises its devices among what is found, or says that it is chosen by hand",
    "sentences": "makes every fault a sentence that says what happened and what to do",
    "deadlines": "never waits for ever, and an interruption ends each wait within a fraction of a second",
    "unplug": "comes back by itself after it was unplugged, switched off, or moved to another port",
    "once": "loses nothing and doubles nothing without asking",
    "status": "says how the device is: paper, cover, motion, overload",
    "foreign": "has its bytes checked by an interpreter that is not ours",
    "hardware": "was tried on a real device",
    "windows": "was tried on Windows",
    "macos": "was tried on macOS",
}


def left_open(card: Card) -> dict[str, str]:
    """List the rules that a driver does not hold, each with its reason; those that it says nothing of, too."""
    answers = {rule: card.rules.get(rule, "Nobody has said whether it does.") for rule in RULES}
    return {rule: answer for rule, answer in answers.items() if answer != DONE}
