"""Whoever tries the demonstration shop is let in and told the PINs: nobody told them one yet."""

from __future__ import annotations

from omsdesk.actions.demo_shop import demo_pins
from omsdesk.ui.till.counter import Aspect, Tone
from omsdesk.ui.till.state import TillState


def let_in(till: TillState) -> None:
    """Sign the first person in, and say who has which PIN."""
    people = till.sign_in.people()
    if not people:
        return
    pins = ", ".join(f"{name.split()[0]} {pin}" for name, pin in demo_pins().items())
    till.sign_in.enter(people[0])
    till.counter.tell(Aspect.MODE)
    till.counter.say(Tone.INFO, f"This is the demonstration shop. F1 shows the keys. PINs: {pins}.")
