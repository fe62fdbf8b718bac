"""Codes as people type them, and as a camera reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.sync.codes import LENGTH, LETTERS, NoCode, grouped, invitation, plain, read_invitation

CODES = st.text(LETTERS, min_size=LENGTH, max_size=LENGTH)


@given(CODES)
def test_a_code_is_read_as_it_was_written(code: str) -> None:
    assert plain(code) == plain(grouped(code)) == plain(grouped(code).lower()) == code


@pytest.mark.parametrize("typed", ["7kq3 9f2m xa40", "7KQ3-9F2M-XA4O", " 7KQ3 - 9F2M - XA4o\n"])
def test_what_looks_alike_is_alike(typed: str) -> None:
    assert plain(typed) == "7KQ39F2MXA40"


def test_i_and_l_are_one() -> None:
    assert plain("iIlL-1111-0000") == "111111110000"


@pytest.mark.parametrize("typed", ["", "7KQ3", "7KQ3-9F2M-XA4", "7KQ3-9F2M-XA4TT", "7KQ3-9F2M-XA4U", "7KQ3-9F2M-XA4é"])
def test_what_is_no_code_is_told_before_anybody_is_asked(typed: str) -> None:
    with pytest.raises(NoCode, match="Check it and type it again"):
        plain(typed)


@given(CODES)
def test_an_invitation_names_the_service_and_the_code(code: str) -> None:
    assert read_invitation(invitation("https://desk.example:8443", code)) == ("https://desk.example:8443", code)
    assert read_invitation(grouped(code)) == ("", code)


@pytest.mark.parametrize(
    "scanned", ["4006381333931", "javascript:alert(1)#7KQ3-9F2M-XA4T", "https://desk.example#", ""]
)
def test_another_code_in_front_of_the_camera_is_none(scanned: str) -> None:
    with pytest.raises(NoCode):
        read_invitation(scanned)
