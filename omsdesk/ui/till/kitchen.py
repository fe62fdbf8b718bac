"""What a till tells the kitchen, and who fetches goods for orders, where there is a printer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.domain.kitchen import KITCHEN, PICK, KitchenSent, SendToKitchen
from omsdesk.domain.printing import AskPrint, PaperKind
from omsdesk.ui.till.counter import Counter, Tone

if TYPE_CHECKING:
    from omsdesk.actions.execute import Done
    from omsdesk.ui.till.session import TillSession


def has_kitchen(counter: Counter) -> bool:
    """Tell whether there is a printer for the kitchen, and something that is made there."""
    return bool(counter.shop.goods.kitchen) and counter.has_printer(KITCHEN)


def news_of(counter: Counter, sale: str) -> tuple[SendToKitchen, ...]:
    """Give what tells the kitchen of a ticket, to be done after what changes the ticket; nothing without a kitchen."""
    return (SendToKitchen(counter.clock.new_id(), sale, counter.till.id),) if has_kitchen(counter) else ()


def fetching(counter: Counter, order: str) -> tuple[AskPrint, ...]:
    """Give what has goods of an order fetched, to be done after it is written down; nothing without a printer."""
    role = next((role for role in (PICK, KITCHEN) if counter.has_printer(role)), "")
    return (AskPrint(counter.clock.new_id(), counter.till.id, PaperKind.PICK, order, role),) if role else ()


def send(counter: Counter, session: TillSession) -> None:
    """Tell the kitchen now, while the ticket is open."""
    if session.sale is None:
        return

    def sent(done: Done) -> None:
        is_news = any(isinstance(fact, KitchenSent) for fact in done.facts)
        counter.say(Tone.OK, "The kitchen was told." if is_news else "The kitchen knows all of it already.")

    session.submit(*news_of(counter, session.sale.sale), then=sent)
