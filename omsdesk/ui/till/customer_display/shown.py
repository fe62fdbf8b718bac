"""What the customer should see now, worked out from the till's state: for a pole as for a screen.

Nothing of it is anybody's secret: no note, no serial number, and of a customer the first name alone.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from omsdesk.devices.scale import Weighing
from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import Line
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.records import record
from omsdesk.domain.sale import Sale, SaleCompleted
from omsdesk.domain.units import PIECE, WEIGHTS, decimals, in_unit
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.goods.incoming import AgeWanted, QuantityWanted
from omsdesk.ui.till.models import abs_of, tax_words
from omsdesk.ui.till.prices.reductions import discount_title
from omsdesk.ui.till.prices.savings import saved
from omsdesk.ui.till.state import TillState

_TIMES = "\N{MULTIPLICATION SIGN}"


class Stage(StrEnum):
    """Where the customer is."""

    IDLE = "idle"
    SELLING = "selling"
    ASKING = "asking"
    PAYING = "paying"
    DONE = "done"
    CLOSED = "closed"
    AWAY = "away"
    """The till is locked: whoever serves will be back."""


@record
class Figure:
    """An amount of money and what it is."""

    name: str
    amount: Money
    is_off: bool = False
    """Whether it is taken off in the customer's favour."""


@record
class Row:
    """An article as the customer reads it; ``amount`` is what it comes to before anything is taken off."""

    key: str
    name: str
    amount: Money
    detail: str = ""
    """How many of it, and what one of it costs; empty for one piece."""
    off: tuple[Figure, ...] = ()
    comes_back: bool = False


@record
class Question:
    """What the customer is asked to do, and what came of it so far."""

    title: str
    about: str = ""
    weight: str = ""
    each: str = ""
    amount: Money | None = None
    advice: str = ""


@record
class Shown:
    """All of it. ``main`` is what it comes to by now: the total, what is left to pay, or the change."""

    stage: Stage
    shop: str
    locale: str = "en"
    logo: str = ""
    rows: tuple[Row, ...] = ()
    touched: str = ""
    """The row that it is about just now."""
    figures: tuple[Figure, ...] = ()
    main: Figure | None = None
    saved: Money | None = None
    taxes: str = ""
    question: Question | None = None
    points: int = 0
    code: str = ""
    """What the receipt is found by when goods come back: the same as its paper carries."""
    customer: str = ""
    is_training: bool = False
    gives_back: bool = False
    """Whether the customer gets money."""

    @property
    def wish(self) -> str:
        """What the customer is told while it is paid."""
        return "Your money back" if self.gives_back else "Please pay"


def shown(state: TillState, weighing: Weighing | None = None) -> Shown:
    """Work out what the customer should see; ``weighing`` is what the scale shows."""
    counter, session = state.counter, state.session
    if state.shift.closed is not None or not state.shift.is_open:
        return _plain(counter, Stage.CLOSED)
    if state.sign_in.is_locked:
        return _plain(counter, Stage.AWAY)
    if state.checkout.completed is not None:
        return _done(counter, state.checkout.completed)
    question = _question(counter, session.intake.demand, weighing)
    stage = Stage.ASKING if question else Stage.PAYING if state.checkout.is_open else Stage.SELLING
    sale = session.sale
    if sale is None or not sale.lines:
        return _plain(counter, stage if question else Stage.IDLE, question)
    return _ticket(counter, sale, stage, session.selected, question)


def idle(state: TillState) -> Shown:
    """Give what is shown between two customers."""
    return _plain(state.counter, Stage.IDLE)


def _plain(counter: Counter, stage: Stage, question: Question | None = None) -> Shown:
    shop = counter.shop
    return Shown(stage, shop.name, shop.locale, shop.logo, question=question, is_training=counter.till.is_training)


# ------------------------------------------------------------------------------ the ticket


def _ticket(counter: Counter, sale: Sale, stage: Stage, touched: str, question: Question | None) -> Shown:
    return Shown(
        stage,
        counter.shop.name,
        counter.shop.locale,
        counter.shop.logo,
        tuple(_row(counter, line, sale.currency) for line in sale.lines),
        touched,
        _figures(counter, sale),
        Figure(_name_of_due(sale), abs_of(sale.due)),
        saved(sale) or None,
        tax_words(counter, sale),
        question,
        customer=first_name(sale.customer.name) if sale.customer else "",
        is_training=sale.is_training,
        gives_back=sale.due.minor < 0,
    )


def _name_of_due(sale: Sale) -> str:
    if sale.due.minor < 0:
        return "You get back"
    return "Left to pay" if sale.tenders else "Total"


def _figures(counter: Counter, sale: Sale) -> tuple[Figure, ...]:
    """List what stands between the rows and what is to be paid: what is off everything, and what was paid."""
    found = []
    if sale.discount is not None:
        own = tuple(row.amount(sale.currency) for row in sale.lines)
        off = sum(sale.discount_shares(own), start=Money(0, sale.currency))
        found.append(Figure(discount_title(counter, sale.discount), -off, is_off=True))
    if sale.tenders:
        found.append(Figure("Total", sale.total))
        found += [Figure(tender.name, -tender.amount) for tender in sale.tenders]
    return tuple(found)


def _row(counter: Counter, line: Line, currency: str) -> Row:
    off = () if line.returned is not None else line.taken_off(currency)
    figures = tuple(Figure(part.name or "Discount", -part.amount, is_off=True) for part in off if part.amount)
    amount = sum((part.amount for part in off), start=line.amount(currency))
    return Row(line.line, line.article.name, amount, _detail(counter, line), figures, line.returned is not None)


def _detail(counter: Counter, line: Line) -> str:
    unit, price = line.article.unit, line.unit_price
    if line.quantity in {ONE, -ONE} and unit == PIECE:
        return ""
    quantity = _quantity(counter, Quantity(abs(line.quantity.micro)), unit)
    return f"{quantity} {_TIMES} {_each(counter, price, unit)}" if price and line.returned is None else quantity


def _quantity(counter: Counter, quantity: Quantity, unit: str) -> str:
    figure = counter.quantity(quantity, decimals(unit))
    return figure if unit == PIECE else f"{figure} {unit}"


def _each(counter: Counter, price: Money, unit: str) -> str:
    return counter.money(price) if unit == PIECE else f"{counter.money(price)} / {unit}"


# ------------------------------------------------------------------------------ questions


def _question(counter: Counter, demand: object, weighing: Weighing | None) -> Question | None:
    """Put to the customer what only they can answer; the rest is between the till and whoever serves."""
    match demand:
        case AgeWanted(coming=coming):
            return Question("May we see your ID?", f"From {coming.oldest.traits.age} years on")
        case QuantityWanted(coming=coming) if weighing is not None and coming.article.unit in WEIGHTS:
            return _weighed(counter, coming.article, weighing)
    return None


def _weighed(counter: Counter, article: Article, weighing: Weighing) -> Question:
    """Show weight, price per unit and price as they are on the scale: whoever buys may see it (OIML R 76)."""
    unit, usual = article.unit, unit_price(article.prices, ONE)
    quantity = in_unit(weighing.weight, unit) if weighing.weight else None
    if quantity is None:
        each = _each(counter, usual, unit) if usual else ""
        return Question("Put it on the scale", article.name, each=each, advice=weighing.sentence)
    price = unit_price(article.prices, quantity)
    each, amount = (_each(counter, price, unit), price.times(quantity)) if price else ("", None)
    return Question("On the scale", article.name, _quantity(counter, quantity, unit), each, amount)


# ------------------------------------------------------------------------------ the moment after


def _done(counter: Counter, sale: SaleCompleted) -> Shown:
    nothing = Money(0, counter.shop.currency)
    given = sum((tender.given for tender in sale.tenders), start=nothing)
    change = sum((tender.change for tender in sale.tenders), start=nothing)
    name = "Change" if change else "Given back" if given.minor < 0 else "Paid"
    by = tuple(Figure(tender.name, abs_of(tender.given)) for tender in sale.tenders)
    figures = (Figure("Total", sale.total), *by) if change else ()
    return Shown(
        Stage.DONE,
        counter.shop.name,
        counter.shop.locale,
        counter.shop.logo,
        figures=figures,
        main=Figure(name, abs_of(change or given)),
        points=max(sum(row.points for row in sale.lines if row.returned is None), 0),
        code="" if sale.is_training else sale.sale,
        customer=first_name(sale.customer.name) if sale.customer else "",
        is_training=sale.is_training,
    )


def first_name(name: str) -> str:
    """Tell a customer's first name; empty where a name does not say which part of it that is."""
    last, _, first = name.partition(",")
    words = (first if first.strip() else last).split()
    # What is written without a space in these letters is the whole name.
    is_whole = any(unicodedata.east_asian_width(letter) == "W" for letter in name)
    return words[0] if words and not is_whole else ""
