"""Prices: what an article costs without selling it, and the price of an article that has none."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedLayout, QWidget

from omsdesk.domain.account import Account, display_name
from omsdesk.domain.catalogue import Article
from omsdesk.domain.values import ONE, Money, barcode_text
from omsdesk.store.queries import catalogue
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.in_stores import InStore
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import Found
from omsdesk.ui.theme import Tone
from omsdesk.ui.till import models
from omsdesk.ui.till.amount_field import AmountField
from omsdesk.ui.till.goods.incoming import PriceWanted
from omsdesk.ui.till.goods.other_stores import OtherShelves
from omsdesk.ui.till.goods.remarks import stock_words, trait_words
from omsdesk.ui.till.prices.savings import offered_on
from omsdesk.ui.till.sell_view import MOST_RESULTS
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import ResultList
from omsdesk.ui.widgets.search_field import SearchField

_MOST_OFFERS = 4


class PriceCheckSheet(Body):
    """Scan or type: price, stock and barcodes are shown, and nothing is sold until one says so."""

    title = "Price check"
    help_page = "price_check"

    def __init__(self, state: TillState) -> None:
        """Wait for an article."""
        super().__init__()
        self.state = state
        self.found: Found | None = None
        self.shelves = OtherShelves(state.counter)
        self.field = SearchField("Scan the article, or type its name…", icon="tag")
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._entered)
        self.results = ResultList("Found products")
        self.field.stepped.connect(self.results.step)
        self.results.chosen.connect(self._chosen)
        self.empty = EmptyState("tag", "Scan an article to see its price. Nothing is added to the sale.")
        self.card = self._made_card()
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        for part in (self.empty, self.results, self.card):
            self._middle.addWidget(part)
        made = column(self.field, middle, spacing=16)
        made.setStretch(1, 1)
        self.setLayout(made)

    def _made_card(self) -> QWidget:
        self.name, self.price, self.price_note = (
            Label("", 22, 600),
            Label("", 48, 700),
            Label("", 16, 400, Tone.NEUTRAL),
        )
        self.stock, self.facts = Label("", 18, 600), Label("", 16, 400, Tone.NEUTRAL)
        self.elsewhere = Label("", 16, 400, Tone.NEUTRAL)
        self.offers = Label("", 16, 600, Tone.OK)
        self.add = PrimaryButton("Add to the sale", "plus", "F12")
        self.add.clicked.connect(self.confirm)
        for label in (self.name, self.facts, self.offers, self.elsewhere):
            label.setWordWrap(True)
        card = Card()
        card.setLayout(
            column(
                self.name,
                self.price,
                self.price_note,
                self.offers,
                self.stock,
                self.elsewhere,
                self.facts,
                spacing=8,
                margins=(24, 20, 24, 20),
            )
        )
        room = QWidget()
        room.setLayout(column(card, self.add, 1, spacing=16))
        return room

    def typing_place(self) -> QWidget:
        """Type into the sheet's own field."""
        return self.field

    def begin(self) -> None:
        """Wait for typing."""
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """Show what was scanned."""
        self.field.clear()
        self._show(self.state.session.intake.look_up(code), code)
        return True

    def _typed(self, text: str) -> None:
        counter = self.state.counter
        hits = search(counter.reader, text.strip(), MOST_RESULTS) if text.strip() else []
        self.results.show_results(models.hits(counter, hits), text)
        self._middle.setCurrentWidget(self.results if hits else self.empty)

    def _entered(self) -> None:
        text = self.field.text().strip()
        found = self.state.session.intake.look_up(text) if text else None
        if found is None and self.results.choose_current():
            return
        if text:
            self._show(found, text)

    def _chosen(self, product: object) -> None:
        counter = self.state.counter
        self._show(queries.product_by_id(counter.reader, str(product), counter.shop, counter.day), "")

    def _show(self, found: Found | None, code: str) -> None:
        self.found = found
        self.field.clear()
        if found is None:
            card = self.state.cards.find(code)
            icon, said = ("gift", self._about(card)) if card else ("search", f"Nobody knows “{code}”.")
            self.empty.set_content(icon, said)
            self._middle.setCurrentWidget(self.empty)
            return
        self._fill(found)
        self._middle.setCurrentWidget(self.card)

    def _about(self, card: Account) -> str:
        counter = self.state.counter
        there = counter.money(Money(card.balance, card.currency or counter.shop.currency))
        return f"{display_name(card.id)}\n{there} on it" + (", and it is blocked" if card.is_blocked else "")

    def _fill(self, found: Found) -> None:
        counter, article = self.state.counter, found.article
        steps = article.prices
        self.name.setText(article.name)
        self.price.setText(counter.money(steps[0].price) if steps else "No price")
        more = [f"from {counter.quantity(step.from_quantity)}: {counter.money(step.price)}" for step in steps[1:]]
        per = [] if article.unit == "piece" else [f"per {article.unit}"]
        self.price_note.setText(" · ".join((*per, *more)))
        self.price_note.setVisible(bool(per or more))
        offers = offered_on(counter, article, self.state.session.sale)
        self.offers.setText("\n".join(offers[:_MOST_OFFERS]))
        self.offers.setVisible(bool(offers))
        words, is_there = stock_words(article, counter)
        self.stock.set_tone(Tone.OK if is_there else Tone.NEUTRAL if is_there is None else Tone.WARN)
        kept = queries.reserved(counter.reader, article.product, counter.shop)
        for_orders = f", {counter.quantity(kept)} kept for orders" if kept else ""
        self.stock.setText(words + for_orders)
        self._look_elsewhere(article)
        self.facts.setText("\n".join(self._facts(found)))

    def _look_elsewhere(self, article: Article) -> None:
        """Ask what other stores have; the price and all else is read meanwhile."""
        self.shelves.cancel()
        can_ask = self.shelves.can_ask and article.is_tracked
        self.elsewhere.setVisible(can_ask)
        if not can_ask:
            return
        self.elsewhere.setText("Other stores…")

        def told(found: list[InStore]) -> None:
            say(self.shelves.words(found) or "none ever had it")

        def say(words: str) -> None:
            self.elsewhere.setText(f"Other stores: {words}")

        self.shelves.ask([article.product], told, say)

    def left(self) -> None:
        """Nobody looks any more."""
        self.shelves.cancel()

    def _facts(self, found: Found) -> list[str]:
        article = found.article
        edit = catalogue.product_as_edit(self.state.counter.reader, article.product)
        codes = [
            barcode_text(pack.code) + ("" if pack.quantity == ONE else f" (pack of {pack.quantity})")
            for pack in (edit.barcodes if edit and edit.barcodes else ())
        ]
        rows = {
            **trait_words(article, self.state.counter),
            "Category": article.category,
            "SKU": article.sku,
            "Barcodes" if len(codes) > 1 else "Barcode": ", ".join(codes),
        }
        return [f"{name}: {value}" for name, value in rows.items() if value]

    def confirm(self) -> None:
        """Sell it after all."""
        found = self.found
        if found is not None:
            self.done.emit()
            self.state.session.intake.add(found)


class PriceSheet(Body):
    """An article without a price: it is typed in place, and the sale goes on."""

    title = "What does it cost?"
    width_limit = FORM_WIDTH
    help_page = "open_price"

    def __init__(self, state: TillState) -> None:
        """Ask for the price of the article that waits."""
        super().__init__()
        self.state = state
        wanted = state.session.intake.demand
        self.usual = wanted.coming.article.prices[:1] if isinstance(wanted, PriceWanted) else ()
        name = wanted.coming.article.name if isinstance(wanted, PriceWanted) else ""
        why = f"The price of “{name}” is typed each time" if self.usual else f"“{name}” has no price"
        sentence = Label(f"{why}. Type what one costs, for this sale.", 16, 400, Tone.NEUTRAL)
        sentence.setWordWrap(True)
        self.field = AmountField(state.counter, 32)
        self.field.setAccessibleName("Price")
        self.field.returnPressed.connect(self.confirm)
        self.save = PrimaryButton("Add to the sale", "plus", "Enter")
        self.save.clicked.connect(self.confirm)
        self.setLayout(column(sentence, self.field, self.save, 1, spacing=16))

    def typing_place(self) -> QWidget:
        """Type the price."""
        return self.field

    def begin(self) -> None:
        """Wait for the price."""
        self.field.setFocus()
        if self.usual:
            self.field.set_amount(self.usual[0].price)

    def confirm(self) -> None:
        """Sell at this price."""
        price = self.field.amount()
        if not self.field.asks() and price:
            self.state.session.intake.price_typed(price)
            self.done.emit()

    def left(self) -> None:
        """Forget the article where no price was typed."""
        self.state.session.intake.price_given_up()
