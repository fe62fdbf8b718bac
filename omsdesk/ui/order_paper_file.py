"""The paper of an order as a PDF file."""

from __future__ import annotations

from pathlib import Path

from omsdesk.store.engine import Connection


def write_pdf(connection: Connection, order: str, folder: Path) -> Path | str:
    """Write the paper of an order into a folder; gives the file, or a sentence that says why not."""
    from omsdesk.actions.order_paper import order_document_of
    from omsdesk.actions.paper import NoDocument
    from omsdesk.documents import pdf
    from omsdesk.documents.order import order_paper

    try:
        document = order_document_of(connection, order)
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"order-{document.number}.pdf"
        place.write_bytes(pdf.render(order_paper(document), title=document.number).payload)
    except NoDocument as missing:
        return str(missing)
    except OSError as failure:
        return f"The PDF could not be saved in {folder}: {failure.strerror}. Check the folder in the settings."
    return place
