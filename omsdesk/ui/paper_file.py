"""A paper as a PDF file in a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsdesk.documents.paper import Paper


def write_pdf(folder: Path, noun: str, compose: Callable[[], tuple[str, Paper]]) -> Path | str:
    """Write what is composed, a number and its paper; gives the file, or a sentence that says why not."""
    from omsdesk.actions.paper import NoDocument
    from omsdesk.documents import pdf

    try:
        number, paper = compose()
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{noun}-{number}.pdf"
        place.write_bytes(pdf.render(paper, title=number).payload)
    except NoDocument as missing:
        return str(missing)
    except OSError as failure:
        return f"The PDF could not be saved in {folder}: {failure.strerror}. Choose another folder in the settings."
    return place
