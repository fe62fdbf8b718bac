"""Orders as lists and cards say them: what they are, what is due, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from omsdesk.domain.order import Purpose, Status
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.values import Money
from omsdesk.store.queries.orders import Known
from omsdesk.ui.amounts import money_text
from omsdesk.ui.days import day_text
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.fact_rows import Fact
from omsdesk.ui.widgets.result_list import Result

NAMES = {
    Purpose.LAYAWAY: "Layaway",
    Purpose.PICK_UP: "Pick-up",
    Purpose.DELIVERY: "Delivery",
    Purpose.QUOTATION: "Quotation",
}
ICONS = {
    Purpose.LAYAWAY: "package",
    Purpose.PICK_UP: "store",
    Purpose.DELIVERY: "truck",
    Purpose.QUOTATION: "file-text",
}
STATUS = {
    Status.QUOTATION: "Quotation",
    Status.OPEN: "Open",
    Status.PARTLY_PAID: "Paid in part",
    Status.PAID: "Paid",
    Status.READY: "Ready",
    Status.HANDED_OVER: "Handed over",
    Status.CANCELLED: "Cancelled",
    Status.EXPIRED: "Expired",
}
TONES = {
    Status.PAID: Tone.OK,
    Status.READY: Tone.OK,
    Status.PARTLY_PAID: Tone.ACCENT,
    Status.EXPIRED: Tone.WARN,
}


def state_of(known: Known, day: str, locale: str) -> str:
    """Say what an order is today, and what has to be looked at."""
    status, until = known.status(day), day_text(known.order.terms.until, locale)
    said = [f"holds until {until}" if status is Status.QUOTATION else STATUS[status]]
    if known.order.is_over(day) and known.order.purpose is not Purpose.QUOTATION:
        said = [f"over since {until}"]
    late = known.order.late_since(known.held, day)
    if late:
        said.append(f"late since {day_text(late, locale)}")
    if dispute(known.order) is not None:
        said.append("two opinions")
    return ", ".join(said)


def money_of(known: Known, locale: str) -> str:
    """Say what is to be paid, or given back."""
    if known.is_to_settle:
        back = known.held - known.order.fee_due
        return f"{money_text(back, locale)} back" if back.minor >= 0 else f"{money_text(-back, locale)} due"
    if known.order.purpose is Purpose.QUOTATION or not known.due:
        return money_text(known.order.total, locale)
    is_due = known.due.minor > 0
    return f"{money_text(known.due if is_due else -known.due, locale)} {'due' if is_due else 'too much'}"


def results(found: Sequence[Known], day: str, locale: str) -> list[Result]:
    """Show orders in a list."""
    return [
        Result(
            known.order.order,
            ICONS[known.order.purpose],
            known.order.party.name or known.order.party.phone or known.order.number,
            f"{_sentence(state_of(known, day, locale))} · {known.order.number}",
            money_of(known, locale),
        )
        for known in found
    ]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def lines(known: Known, locale: str) -> list[Fact]:
    """Show the goods of an order: how much of each, and what became of it."""
    order = known.order
    found = []
    for row in order.rows:
        left, given = order.open_quantity(row), order.given(row.line)
        gone = order.done(row.line) - given
        said = (f"{given} handed over" if given else "", f"{gone} cancelled" if gone else "")
        icon = "package" if left else "check"
        amount = money_text(order.gross(row), locale)
        found.append(Fact(icon, f"{row.quantity} × {row.name}", ", ".join(filter(None, said)), amount))
    return found


def payments(known: Known, day: str, locale: str) -> list[Fact]:
    """Show what was paid of an order, and what is due when."""
    order = known.order
    rows = [Fact("coins", "Paid", amount=money_text(known.paid, locale))] if known.paid else []
    before = Money(0, order.currency)
    for until, in_all in order.terms.steps(order.currency):
        part, before = min(in_all - before, in_all - known.paid), in_all
        if part.minor > 0:
            is_late = bool(until) and until < day
            tone = Tone.WARN if is_late else Tone.NEUTRAL
            title = f"{'Late: due' if is_late else 'Due'} by {day_text(until, locale)}" if until else "Due at once"
            rows.append(Fact("calendar", title, amount=money_text(part, locale), tone=tone))
    if not order.terms.steps(order.currency) and known.due.minor > 0 and order.has_open_rows:
        rows.append(Fact("calendar", "Due when handed over", amount=money_text(known.due, locale)))
    if order.fee_due:
        rows.append(Fact("circle-alert", "Fee to keep", amount=money_text(order.fee_due, locale), tone=Tone.WARN))
    return rows
