"""Every paper becomes a file by one piece of code, whose sentences are everywhere the same."""

from __future__ import annotations

from pathlib import Path

from omsdesk.actions.paper import NoDocument
from omsdesk.documents.paper import Cut, Paper, Text
from omsdesk.ui.paper_file import write_pdf


def compose() -> tuple[str, Paper]:
    return "7", (Text("Seven"), Cut())


def nothing() -> tuple[str, Paper]:
    raise NoDocument("This paper is not in the database.")


def test_a_paper_is_written_under_its_noun_and_number_and_a_folder_is_made(tmp_path: Path) -> None:
    place = write_pdf(tmp_path / "a" / "b", "order", compose)
    assert isinstance(place, Path)
    assert place.name == "order-7.pdf"
    assert place.read_bytes().startswith(b"%PDF")


def test_what_is_not_there_is_said_and_leaves_no_file(tmp_path: Path) -> None:
    assert write_pdf(tmp_path, "order", nothing) == "This paper is not in the database."
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_nothing_is_said_with_what_to_do(tmp_path: Path) -> None:
    way = tmp_path / "documents"
    way.write_text("in the way", encoding="utf-8")
    said = write_pdf(way, "order", compose)
    assert isinstance(said, str)
    assert said.startswith(f"The PDF could not be saved in {way}:")
    assert said.endswith("Choose another folder in the settings.")
