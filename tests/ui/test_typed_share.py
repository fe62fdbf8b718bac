"""Shares as people type them."""

from __future__ import annotations

import pytest

from omsdesk.ui.typed_share import percent_text, read_share, share_text


@pytest.mark.parametrize(
    ("typed", "ppm"),
    [("20", 200_000), ("12.5 %", 125_000), ("12,5", 125_000), ("0", 0), ("", 0), ("100%", 1_000_000), ("0.0001", 1)],
)
def test_a_percentage_is_read_with_or_without_its_sign(typed: str, ppm: int) -> None:
    assert read_share(typed) == ppm


@pytest.mark.parametrize("typed", ["-1", "101", "a fifth", "nan", "infinity", "1e9"])
def test_what_is_none_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match="from 0 to 100"):
        read_share(typed)


@pytest.mark.parametrize(("ppm", "text"), [(200_000, "20"), (125_000, "12.5"), (0, "0"), (1_000_000, "100")])
def test_a_share_is_written_as_it_would_be_typed(ppm: int, text: str) -> None:
    assert share_text(ppm, "en-GB") == text
    assert share_text(ppm, "de-DE") == text.replace(".", ",")
    assert percent_text(ppm, "fr-FR") == f"{text.replace('.', ',')} %"
    assert read_share(text) == read_share(text.replace(".", ",")) == ppm
