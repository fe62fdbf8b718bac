"""Labels in the language of a printer, by the name that its driver gives that language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from omsdesk.documents.labels import epl2, pdf, preview, tspl, zpl
from omsdesk.documents.labels.layout import Laid
from omsdesk.documents.labels.print_settings import PLAIN_SETTINGS, PrintSettings
from omsdesk.domain.records import record

_WRITERS: dict[str, Callable[[Laid, int, PrintSettings], bytes]] = {
    "zpl": zpl.render,
    "epl2": epl2.render,
    "tspl": tspl.render,
    "png": lambda laid, copies, _: preview.png(laid) * copies,
}
LANGUAGES = (*_WRITERS, "pdf")


@record
class LabelPaper:
    """What labels are made for: a language, the printer's dots, and how it is to print."""

    language: str = "pdf"
    dpi: int = 300
    settings: PrintSettings = PLAIN_SETTINGS


def write(labels: Iterable[tuple[Laid, int]], paper: LabelPaper) -> bytes:
    """Write labels, each so many times.

    Raises:
        ValueError: labels cannot be written in this language.

    """
    if paper.language == "pdf":
        return pdf.render(laid for laid, copies in labels for _ in range(copies))
    writer = _WRITERS.get(paper.language)
    if writer is None:
        raise ValueError("This printer prints no labels. Choose a label printer on the Devices page.")
    return b"".join(writer(laid, copies, paper.settings) for laid, copies in labels)
