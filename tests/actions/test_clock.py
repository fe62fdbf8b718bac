"""The clock of the device and its source of identities."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from uuid import UUID

import pytest

from omsdesk.actions.clock import SystemClock


@pytest.fixture
def zone() -> Iterator[None]:
    """Put the time zone back."""
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()


def test_the_moment_is_now() -> None:
    before = time.time_ns() // 1_000_000
    now = SystemClock().now()
    assert before <= now.utc_ms <= time.time_ns() // 1_000_000


@pytest.mark.parametrize(
    ("name", "minutes"), [("UTC", 0), ("Asia/Kolkata", 330), ("America/Phoenix", -420), ("Pacific/Marquesas", -570)]
)
@pytest.mark.usefixtures("zone")
def test_the_offset_is_that_of_the_shop(name: str, minutes: int) -> None:
    os.environ["TZ"] = name
    time.tzset()
    assert SystemClock().now().offset_minutes == minutes


def test_identities_never_repeat_and_carry_their_moment() -> None:
    clock = SystemClock()
    made = [clock.new_id() for _ in range(5000)]
    assert len(set(made)) == 5000
    assert {UUID(one).version for one in made} == {7}
    stamps = [UUID(one).int >> 80 for one in made]
    assert stamps == sorted(stamps)
