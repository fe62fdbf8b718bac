"""What we hold a driver to. Its card answers each rule with ``done``, or says why it does not hold."""

from __future__ import annotations

from omsdesk.devices.driver import Card, Category

DONE = "done"

RULES = {
    "probe": "recognises its devices among what is found, or says that it is chosen by hand",
    "sentences": "makes every fault a sentence that says what happened and what to do",
    "deadlines": "never waits for ever, and an interruption ends each wait within a fraction of a second",
    "unplug": "comes back by itself after it was unplugged, switched off, or moved to another port",
    "once": "loses nothing and doubles nothing without asking",
    "cancel": "forgets what it holds when somebody gives it up, and nothing of others",
    "status": "says how the device is: paper, cover, motion, overload",
    "foreign": "has its bytes checked by an interpreter that is not ours",
    "hardware": "was tried on a real device",
    "windows": "was tried on Windows",
    "macos": "was tried on macOS",
}


_OF_PRINTERS = {"cancel"}
_PRINTERS = {Category.RECEIPT_PRINTER, Category.LABEL_PRINTER}


def rules_of(card: Card) -> list[str]:
    """List the rules that a driver is held to: only what prints can be told to forget something."""
    return [rule for rule in RULES if rule not in _OF_PRINTERS or card.category in _PRINTERS]


def left_open(card: Card) -> dict[str, str]:
    """List the rules that a driver does not hold, each with its reason; those that it says nothing of, too."""
    answers = {rule: card.rules.get(rule, "Nobody has said whether it does.") for rule in rules_of(card)}
    return {rule: answer for rule, answer in answers.items() if answer != DONE}
