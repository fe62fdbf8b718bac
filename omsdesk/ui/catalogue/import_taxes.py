"""Words of a file for taxes that nobody knows: a person says which of the shop's taxes each of them means."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.field_card import FieldCard, choices, combo
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column

if TYPE_CHECKING:
    from omsdesk.ui.catalogue.import_session import ImportSession

MOST = 8
"""Words that are asked about at once: a column that holds no taxes has a new one in every row."""
_HEIGHT = 272


class TaxWordsCard(QScrollArea):
    """A row per word with a choice; hidden where every word is known."""

    def __init__(self, session: ImportSession) -> None:
        """Show no words yet."""
        super().__init__()
        self._session = session
        self._shown: tuple[str, ...] = ()
        self.combos: dict[str, QComboBox] = {}
        self.card = FieldCard("Which tax is meant?")
        self.hint = Label("", 14, 400, Tone.NEUTRAL)
        self.hint.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.card.column.addWidget(self.hint)
        self.card.column.addLayout(self._grid)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        body = QWidget()
        body.setLayout(column(self.card))
        self.setWidget(body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_words(self) -> None:
        """Ask about the words that the file has and the shop does not."""
        words = tuple(self._session.tax_words)
        self.setVisible(bool(words))
        if words and words[:MOST] != self._shown:
            self._ask(words[:MOST])
        for word, editor in self.combos.items():
            choices(editor, self._session.tax_offers(), self._session.tax_words[word])
        more = len(words) - len(self._shown)
        self.hint.setText(
            f"And {self._session.count(more)} words more. Is the right column chosen for the tax?"
            if more
            else "These words of the file are not known here. What is chosen is remembered for the next import."
        )
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the words need, while the rows below keep most of the page."""
        body = self.widget()
        layout = body.layout() if body is not None else None
        wanted = layout.totalSizeHint().height() if layout is not None else 0
        return QSize(super().sizeHint().width(), min(wanted, theme.current().px(_HEIGHT)))

    def minimumSizeHint(self) -> QSize:
        """Room for the first word."""
        return QSize(super().minimumSizeHint().width(), min(self.sizeHint().height(), theme.current().px(140)))

    def _ask(self, words: tuple[str, ...]) -> None:
        clear(self._grid)
        self._shown, self.combos = words, {}
        for row, word in enumerate(words):
            editor = self.combos[word] = combo()
            editor.setAccessibleName(f"Tax for “{word}”")
            editor.activated.connect(partial(self._chosen, word))
            self._grid.addWidget(Label(f"“{word}”", 16, 500), row, 0)
            self._grid.addWidget(editor, row, 1)

    def _chosen(self, word: str, _index: int) -> None:
        self._session.set_tax(word, str(self.combos[word].currentData() or ""))
