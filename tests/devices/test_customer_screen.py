"""What is known of a screen that faces the customer before any window is on it."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.attendant import Link
from omsdesk.devices.customer_screen import CustomerScreen


def test_where_nobody_listens_nothing_happens() -> None:
    screen = CustomerScreen()
    screen.on_link(Link())
    screen.show("Hello", "")


def test_two_lines_are_shown_by_whoever_has_the_window() -> None:
    said: list[tuple[str, str]] = []
    screen = CustomerScreen(on_trial=lambda upper, lower: said.append((upper, lower)))
    screen.show("Hello", "customer")
    assert said == [("Hello", "customer")]


def test_pictures_lie_beside_the_settings() -> None:
    assert CustomerScreen(slides="offers", folder=Path("shop")).slides_folder == Path("shop/offers")
    assert CustomerScreen(folder=Path("shop")).slides_folder is None
