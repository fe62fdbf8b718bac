"""Products and how many labels of each, and the batches that are being printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QVBoxLayout, QWidget

from omsdesk.devices.spooler import STATE_WORDS
from omsdesk.domain.printing import PrintState
from omsdesk.store.queries.printing import BatchJob
from omsdesk.ui.days import day_text
from omsdesk.ui.labels.printing import Group, LabelPrinting, is_under_way
from omsdesk.ui.labels.wanted import Wanted
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.field_card import fill, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField

_HEIGHT = 200
_LEAST = 60
"""Pixels that the list keeps where there is little room."""


class PrintCard(QWidget):
    """Fills itself from ``LabelPrinting``, and tells it what is wanted."""

    def __init__(self, printing: LabelPrinting) -> None:
        """Lay the parts out."""
        super().__init__()
        self.printing = printing
        self.search = SearchField("Product or barcode", "Ctrl F")
        self.found = ResultList("Products found")
        self.found.setFixedHeight(_HEIGHT)
        self.wanted = ResultList("Labels to print")
        self.wanted.setMinimumHeight(_LEAST)
        self.nothing = Label("Search or scan the products that want labels.", 14, 400, Tone.NEUTRAL)
        self.nothing.setWordWrap(True)
        self.count = line(is_number=True)
        self.count.setAccessibleName("How many labels of the chosen product")
        self.every = KeyButton("For all", "check")
        self.remove = KeyButton("Remove", "trash-2")
        self.clear = KeyButton("Remove all", "trash-2")
        self.stock = KeyButton("On hand", "boxes")
        self.stock.setAccessibleName("As many as on hand")
        self.since = line()
        self.since.setAccessibleName("Changed since this day")
        self.changed = KeyButton("List", "list-filter")
        self.go = PrimaryButton("Print", "printer", "Ctrl P")
        self.go.HEIGHT = 56
        self.printed = QLabel()
        self.printed.setAccessibleName("The label that came out last")
        self.printed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.printed.setMinimumSize(1, 1)
        self.printed.hide()
        self.others = Label("", 14, 400, Tone.NEUTRAL)
        self.others.hide()
        self.batches = QVBoxLayout()
        self.batches.setSpacing(8)
        changes = row(Label("Changed since", 14, 600), self.since, self.changed, spacing=8)
        counts = row(Label("Labels", 14, 600), self.count, self.every, self.stock, spacing=8)
        self.tools = QWidget()
        self.tools.setLayout(column(counts, row(self.remove, self.clear, spacing=8), spacing=8))
        layout = column(
            self.search, changes, self.found, self.nothing, self.wanted, self.tools, self.go, spacing=8,
            margins=(0, 4, 0, 0),
        )  # fmt: skip
        layout.addLayout(self.batches)
        layout.addWidget(self.others)
        layout.addWidget(self.printed)
        layout.setStretchFactor(self.wanted, 1)
        self.setLayout(layout)
        self._listed: tuple[Wanted, ...] = ()
        self.batch_cards: list[BatchCard] = []
        self._wire()
        self.follow()

    def _wire(self) -> None:
        printing = self.printing
        self.search.textEdited.connect(printing.search)
        self.search.cleared.connect(lambda: printing.search(""))
        self.search.stepped.connect(self.found.step)
        self.search.returnPressed.connect(self.found.choose_current)
        self.found.chosen.connect(self._take)
        self.wanted.chosen.connect(lambda product: printing.choose(str(product)))
        self.count.textEdited.connect(printing.set_count)
        self.every.clicked.connect(lambda: printing.set_all(self.count.text()))
        self.changed.clicked.connect(lambda: printing.look_since(self.since.text()))
        self.since.returnPressed.connect(lambda: printing.look_since(self.since.text()))
        self.remove.clicked.connect(printing.remove)
        self.clear.clicked.connect(printing.clear)
        self.stock.clicked.connect(printing.as_on_hand)
        self.go.clicked.connect(printing.print)
        printing.listeners.append(self.follow)

    def _take(self, product: object) -> None:
        self.search.clear()
        if isinstance(product, Group):
            self.printing.want_group(product.name)
        else:
            self.printing.want([str(product)])

    def show_label(self, png: bytes) -> None:
        """Show a label that came out of a printer on the screen."""
        picture = QPixmap()
        picture.loadFromData(png)
        size = QSize(min(self.width(), picture.width()), _HEIGHT)
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        self.printed.setPixmap(picture.scaled(size, keep, smooth))
        self.printed.show()

    def follow(self) -> None:
        """Show what is wanted now."""
        printing = self.printing
        groups = [Result(group, "layout-grid", group.name, f"{group.count:,} products") for group in printing.groups]
        products = [Result(item.product, "tag", item.title, item.detail) for item in printing.found]
        _show(self.found, [*groups, *products])
        self.found.setVisible(bool(groups or products))
        self._show_wanted()
        if not self.since.hasFocus():
            fill(self.since, day_text(printing.since, printing.office.locale))
        self.changed.setEnabled(not printing.is_looking)
        self.go.set_amount(f"{printing.count:,}" if printing.count else "")
        self.go.setEnabled(printing.can_print)
        self._show_batches()

    def _show_wanted(self) -> None:
        labels = self.printing.labels
        rows = labels.rows
        if rows is not self._listed:
            self._listed = rows
            top = self.wanted.verticalScrollBar().value()
            self.wanted.show_results(_Rows(rows))
            self.wanted.verticalScrollBar().setValue(top)
        place = QApplication.focusWidget()
        if not rows and place is not None and (place in (self.wanted, self.go) or self.tools.isAncestorOf(place)):
            # What is about to be hidden gives the keys to where one goes on, and not to the rail.
            self.search.setFocus()
        self.nothing.setVisible(not rows)
        self.wanted.setVisible(bool(rows))
        known = labels.find(labels.chosen)
        at = self.wanted.currentIndex().row()
        if known is None or not 0 <= at < len(rows) or rows[at] is not known:
            at = rows.index(known) if known is not None else -1
            self.wanted.setCurrentIndex(self.wanted.rows.index(at))
            self.wanted.move_to(at)
        if not self.count.hasFocus():
            fill(self.count, str(known.count) if known is not None else "")
        self.tools.setVisible(bool(rows))

    def _show_batches(self) -> None:
        under_way = [batch for batch in reversed(self.printing.batches) if is_under_way(batch)]
        # The oldest is at the printer, unless somebody has to look at another one.
        batches = sorted(under_way, key=lambda batch: batch.job.state is not PrintState.UNKNOWN)[:1]
        more = len(under_way) - len(batches)
        self.others.setText("1 more batch waits." if more == 1 else f"{more} more batches wait.")
        self.others.setVisible(more > 0)
        if [card.asks for card in self.batch_cards] != [_asked(batch) for batch in batches]:
            clear(self.batches)
            self.batch_cards = [BatchCard(self.printing, batch) for batch in batches]
            for card in self.batch_cards:
                self.batches.addWidget(card)
        for card, batch in zip(self.batch_cards, batches, strict=True):
            card.show_batch(batch)


def _wanted(item: Wanted) -> Result:
    said = (item.detail, *(value.text for value in item.values if value.name != "expiry_gs1"))
    return Result(item.product, "tag", item.title, " · ".join(filter(None, said)), f"{item.count:,} ×")


class _Rows(Sequence[Result]):
    """What is wanted as rows of a list: each is made when it is looked at, for there may be ten thousand."""

    def __init__(self, rows: tuple[Wanted, ...]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Result: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Result]: ...
    def __getitem__(self, at: int | slice) -> Result | Sequence[Result]:
        return _wanted(self._rows[at]) if isinstance(at, int) else _Rows(self._rows[at])


def _show(view: ResultList, results: list[Result]) -> None:
    """Show rows; those that are shown already keep their place."""
    names = [", ".join(filter(None, (row.title, row.detail, row.amount))) for row in results]
    if names != [view.name_of(at) for at in range(view.count())]:
        view.show_results(results)


def _asked(batch: BatchJob) -> tuple[object, ...]:
    """Name the batch, and what somebody has to say about it: as long as it is the same the buttons stay."""
    job = batch.job
    return (job.job, job.done, job.sent) if job.state is PrintState.UNKNOWN else (job.job,)


class BatchCard(Card):
    """How far a batch is, and what can be done about it. Its buttons stay while they are pressed."""

    def __init__(self, printing: LabelPrinting, batch: BatchJob) -> None:
        """Show a batch as it is now."""
        super().__init__()
        self.asks, self._batch = _asked(batch), batch
        job = batch.job
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.sentence = Label("", 14, 400)
        self.sentence.setWordWrap(True)
        self.cancel = KeyButton("Cancel", "x")
        self.cancel.clicked.connect(lambda: printing.cancel(self._batch))
        self.buttons = [self.cancel]
        self.answers = row(spacing=8)
        if job.state is PrintState.UNKNOWN:
            again = KeyButton(f"Print from {job.done + 1:,}", "printer")
            again.clicked.connect(lambda: printing.go_on(self._batch, came_out=False))
            after = KeyButton(f"Go on after {job.sent:,}", "check")
            after.clicked.connect(lambda: printing.go_on(self._batch, came_out=True))
            self.buttons = [again, after, self.cancel]
            self.answers = row(again, after, spacing=8)
        title = row(Label(batch.title, 16, 600), 1, self.cancel, spacing=8)
        self.setLayout(column(title, self.bar, self.sentence, self.answers, spacing=8, margins=(16, 12, 16, 12)))

    def show_batch(self, batch: BatchJob) -> None:
        """Show how far it is now."""
        self._batch, job = batch, batch.job
        self.bar.setRange(0, max(batch.count, 1))
        self.bar.setValue(job.done)
        is_wrong = job.state in {PrintState.UNKNOWN, PrintState.FAILED, PrintState.HELD}
        said = job.detail if is_wrong and job.detail else STATE_WORDS[job.state]
        self.sentence.setText(f"{job.done:,} of {batch.count:,} · {said}")
        self.sentence.set_tone(Tone.WARN if is_wrong else Tone.NEUTRAL)
