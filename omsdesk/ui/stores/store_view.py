"""One store: its figures, when it sold, what it sold best, and its tills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.ui.widgets.bar_chart import BarChart
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.fact_rows import FactRows
from omsdesk.ui.widgets.figure_tiles import FigureTiles
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.stores.session import StoreSheet

_MARGINS = (20, 14, 20, 14)


class StoreView(CardColumn):
    """Shows what a session read of a store."""

    def __init__(self) -> None:
        """Make an empty view."""
        self.figures = FigureTiles("Figures")
        self.chart_title = Label("", 16, 600)
        self.chart = BarChart("Sales")
        self.best = FactRows("Best sellers", "Nothing was sold.")
        self.tills = FactRows("Tills", "This store has no till yet.")
        chart = _card(self.chart_title, self.chart)
        tills = _card(Label("Tills", 16, 600), self.tills)
        best = _card(Label("Best sellers", 16, 600), self.best)
        super().__init__([[self.figures], [[chart, tills], [best]]])

    def page(self, ways: int) -> None:
        """Scroll by what is in sight: down, or up if negative."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + ways * bar.pageStep())

    def show_store(self, store: StoreSheet, *, is_day: bool) -> None:
        """Show what was read."""
        self.figures.show_figures(store.figures)
        self.chart_title.setText("Sales by hour" if is_day else "Sales by day")
        self.chart.show_bars(store.bars)
        self.best.show_facts(store.best)
        self.tills.show_facts(store.tills)


def _card(title: QWidget, content: QWidget) -> Card:
    card = Card()
    card.setLayout(column(title, content, spacing=8, margins=_MARGINS))
    return card
