"""What the label on goods says of them, as it comes onto the ticket: weight, price, lot, last day, serial number."""

from __future__ import annotations

from omsdesk.devices.gs1 import Labelled
from omsdesk.domain.catalogue import Article
from omsdesk.domain.embedded_code import Reading, weight_for
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.units import PIECE, in_unit
from omsdesk.domain.values import MICRO, ONE, Money, Quantity
from omsdesk.store.queries.till import Found
from omsdesk.ui.till.goods.incoming import Incoming


def of_reading(found: Found, reading: Reading) -> Incoming:
    """Take what a number of a scale says."""
    if reading.count is not None:
        return Incoming(found, reading.count, is_sized=True)
    weight = None if reading.weight is None else in_unit(reading.weight, found.article.unit)
    if weight is not None:
        return Incoming(found, weight, is_sized=True)
    return _at_price(found, reading.price) if reading.price is not None else Incoming(found)


def of_label(found: Found, label: Labelled, multiplier: Quantity | None) -> Incoming:
    """Take what a label of GS1 says; the number of pieces may also have been typed before it."""
    article = found.article
    serials = (label.serial,) if label.serial and article.traits.asks_serial else ()
    weight = None if label.weight is None else in_unit(label.weight, article.unit)
    if label.price is not None:
        made = _at_price(found, label.price, weight)
    elif weight is not None:
        made = Incoming(found, weight, is_sized=True)
    else:
        pack = Quantity(label.count * MICRO) if label.count else found.pack
        made = Incoming(found, pack.times(multiplier) if multiplier else pack, bool(label.count or multiplier))
    return Incoming(made.found, made.quantity, made.is_sized, made.price, made.amount, serials, label.lot, label.expiry)


def _at_price(found: Found, price: Money, weight: Quantity | None = None) -> Incoming:
    """Sell for what the label says: of what is weighed so much as comes to that, of the rest one at that price."""
    article = found.article
    if article.traits.is_deposit:
        return Incoming(found, ONE, is_sized=True, amount=price)
    own = _own_price(article)
    if article.unit == PIECE or own is None:
        return Incoming(found, ONE, is_sized=True, price=price)
    if weight is not None and own.times(weight) == price:
        return Incoming(found, weight, is_sized=True)
    derived = weight_for(price, own)
    return Incoming(found, derived, is_sized=True) if derived else Incoming(found, ONE, is_sized=True, price=price)


def _own_price(article: Article) -> Money | None:
    return None if article.traits.asks_price else unit_price(article.prices, ONE)
