"""The paper of an order as a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.store.engine import Connection
from omsdesk.ui import paper_file

if TYPE_CHECKING:
    from omsdesk.documents.paper import Paper


def write_pdf(connection: Connection, order: str, folder: Path) -> Path | str:
    """Write the paper of an order into a folder; gives the file, or a sentence that says why not."""

    def compose() -> tuple[str, Paper]:
        from omsdesk.actions.order_paper import order_document_of
        from omsdesk.documents.order import order_paper

        document = order_document_of(connection, order)
        return document.number, order_paper(document)

    return paper_file.write_pdf(folder, "order", compose)
