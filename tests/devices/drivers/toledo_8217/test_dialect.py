"""The scale of others at the end of a real serial cable says what lies on it."""

from __future__ import annotations

from tests.devices.stories_of_a_scale import StoriesOfAScale


class TestToledo8217(StoriesOfAScale):
    """It is asked as checkout scales of America are."""

    driver, profile = "toledo_8217", "toledo8217-15kg"
