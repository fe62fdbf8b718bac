"""A drawer that is found open is noted once, whatever the shift."""

from __future__ import annotations

from omsdesk.domain.drawer import DrawerFoundOpen, NoteDrawer, decide

NOTE = NoteDrawer("o1", "t1")


def test_an_opening_that_nobody_asked_for_is_noted_with_the_till_and_the_shift() -> None:
    assert decide(NOTE, "shift-1", is_known=False) == (DrawerFoundOpen("o1", "t1", "shift-1"),)
    assert decide(NOTE, "", is_known=False) == (DrawerFoundOpen("o1", "t1"),)


def test_whoever_was_signed_in_is_noted_with_it() -> None:
    noted = decide(NoteDrawer("o1", "t1", "ben"), "shift-1", is_known=False)
    assert noted == (DrawerFoundOpen("o1", "t1", "shift-1", "ben"),)


def test_it_is_noted_once() -> None:
    assert decide(NOTE, "shift-1", is_known=True) == ()
