"""A picture file becomes a logo, or a sentence says why not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from omsdesk.documents.logo import logo_png
from omsdesk.ui.logo_file import LogoFile, read_logo
from tests.documents.samples import logo


def test_a_picture_becomes_a_logo(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(logo())
    made = read_logo(file)
    assert made.trouble == ""
    assert logo_png(made.logo) is not None


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"<svg/>", logo()[:50]])
def test_what_is_no_picture_is_said(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(data)
    assert read_logo(file) == LogoFile(trouble="The logo is not a picture that can be read. Choose a PNG or JPEG file.")


def test_a_file_that_went_and_a_folder_are_said_by_name(tmp_path: Path) -> None:
    assert read_logo(tmp_path / "gone.png").trouble == (
        "“gone.png” cannot be read (No such file or directory). Choose another file."
    )
    assert "cannot be read (Is a directory)" in read_logo(tmp_path).trouble


def test_a_film_is_not_even_opened(tmp_path: Path) -> None:
    film = tmp_path / "holiday.mov"
    with film.open("wb") as file:
        os.truncate(file.fileno(), 2_000_000_000)
    assert read_logo(film).trouble == "“holiday.mov” is larger than 50 MB. Save it smaller and choose it again."
