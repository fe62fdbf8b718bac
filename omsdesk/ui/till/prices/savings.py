"""What promotions do for the ticket in work, in words: what comes off and why, and what little is missing for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import BY_HAND
from omsdesk.domain.line import Line
from omsdesk.domain.sale import Sale
from omsdesk.domain.values import ONE, Money
from omsdesk.store.queries.promotion import offers
from omsdesk.ui.offer_label import label_words
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.widgets.line_list import Mark

if TYPE_CHECKING:
    # A till that only opens prices nothing yet.
    from omsdesk.domain.offers import Offers
    from omsdesk.domain.promotion_hints import Hint, Label


def held(counter: Counter) -> Offers | None:
    """Give the promotions that hold at this till now."""
    return offers(counter.reader, counter.shop.id, counter.clock.now())


def marks(counter: Counter, row: Line) -> tuple[Mark, ...]:
    """Write beneath a line what each promotion takes off it, and what the promotion is; the line names the rest."""
    if not row.reductions:
        return ()
    from omsdesk.domain.promotion_hints import explain

    known = held(counter)
    offers_on = ((part, known.get(part.source) if known else None) for part in row.reductions)
    return tuple(
        Mark(_named(counter, part.name or "Discount", explain(offer) if offer else None), counter.money(-part.amount))
        for part, offer in offers_on
        if part.amount.minor and part.source != BY_HAND
    )


def _named(counter: Counter, name: str, label: Label | None) -> str:
    words = label_words(label, counter.shop.locale) if label else ""
    return f"{name} · {words}" if words and words.casefold() not in name.casefold() else name


def offered_on(counter: Counter, article: Article, sale: Sale | None) -> tuple[str, ...]:
    """Name the offers that speak of an article and hold now, for the customer of the ticket in work."""
    from omsdesk.domain.promotion_hints import explain
    from omsdesk.domain.repricing import index_of, items

    index = index_of(sale or Sale("", "", counter.shop.currency), held(counter))
    found = items((Line("", article, ONE),), counter.shop.currency) if index and index.promotions else []
    places = dict.fromkeys(place for item in found for place, _ in index.roles(item)) if index else {}
    rows = [index.promotions[place] for place in places] if index else []
    return tuple(_named(counter, row.name, explain(row)) for row in rows)


def saved(sale: Sale) -> Money:
    """Add up all that was taken off what is sold, by promotions and by people."""
    own = tuple(row.amount(sale.currency) for row in sale.lines)
    off = (part.amount for row in sale.lines if row.returned is None for part in row.taken_off(sale.currency))
    return sum((*off, *(sale.discount_shares(own) if sale.discount else ())), start=Money(0, sale.currency))


class Nudge:
    """The offer that least is missing for. It is worked out again only for another ticket or other offers."""

    def __init__(self, counter: Counter) -> None:
        """Know nothing yet."""
        self._counter = counter
        self._of: tuple[object, object, object] = (None, None, None)
        self._words = ""

    def words(self, sale: Sale | None) -> str:
        """Say what little is missing; empty where nothing is, and once money was taken."""
        if sale is None or sale.tenders or not sale.lines:
            return ""
        promotions = held(self._counter)
        key = sale.lines, sale.customer, promotions
        if not all(one is other for one, other in zip(key, self._of, strict=True)):
            self._of, self._words = key, self._work_out(sale, promotions)
        return self._words

    def _work_out(self, sale: Sale, promotions: Offers | None) -> str:
        from omsdesk.domain.promotion_hints import almost
        from omsdesk.domain.repricing import index_of, items

        index = index_of(sale, promotions)
        hints = almost(items(sale.lines, sale.currency), index) if index and index.promotions else ()
        return self._said(hints[0]) if hints else ""

    def _said(self, hint: Hint) -> str:
        missing = self._counter.money(hint.amount) if hint.amount else f"{hint.units}"
        return f"{missing} more: {_named(self._counter, hint.promotion.name, hint.label)}"
