"""What the author of a fact has to be allowed, so that it reaches the other stations.

Only what all stations share is looked at: what happened at a till happened, whoever did it. Who is believed of what:

* A station is believed to be itself: its key signs every request. Nobody else's journal can be written with it.
* The service believes no station that it wrote down the right person. Whoever has the disk and the key of a station can
  write any name into its journal, the owner's too, and a PIN is checked at the station and nowhere else.
* So a station that only sells, which stands where anybody can carry it away, is believed about what happened at it, and
  about nothing that all stations share, whoever is named as the author. What it changes there waits for a manager at
  another station. What this service does not understand yet is held of every station, until it does.
* Of any other station the person is believed who is named, within what the service knows that person may do. Such a
  station that is lost has to be retired; what its key did until then stands in its journal under its own id.
* Who has signed in at a till, and whose PIN was wrong there, is told as it is: it gives no right to anybody but at that
  till's own screen.
* What moved on an account is told as it is, too: it happened at a till, and a card that was sold in one shop is spent
  in another a minute later. So whoever has a selling station's key can write money onto a card that nobody paid for,
  as they can write a sale that never was. What bounds it: each movement names its till and its ticket and stands in
  the journal of the station that wrote it; the money is missing at its next count, for the Z report says what was paid
  in; a card can be blocked; and a station that is retired is heard no more.
* So is who a customer is and how they are reached: any till writes that down. What they are given and allowed is not.
"""

from __future__ import annotations

from collections.abc import Mapping

from omsdesk.domain.people import SYSTEM, Person
from omsdesk.sync.scopes import has_feed, is_shared

RIGHTS: Mapping[str, str] = {
    "catalogue.products_saved": "catalogue.edit",
    "catalogue.prices_set": "catalogue.edit",
    "customer.forgotten": "customer.edit",
    "customer.group_saved": "customer.edit",
    "customer.terms_set": "customer.edit",
    "label_design.saved": "catalogue.edit",
    "people.saved": "people.edit",
    "coupon.made": "catalogue.edit",
    "promotion.saved": "catalogue.edit",
    "role.saved": "people.edit",
    "shop.saved": "shop.edit",
    "shop.till_saved": "shop.edit",
}
"""The right that each kind of fact needs: that of the command it comes from."""
FREE = frozenset(
    {
        "people.shut_out",
        "people.signed_in",
        "customer.saved",
        "account.opened",
        "account.moved",
        "account.blocked",
        "coupon.used",
        "return.told",
    }
) | {f"order.{what}" for what in ("placed", "accepted", "changed", "readied", "cancelled", "handed_over", "settled")}
"""What all stations share and anybody may say."""
NOT_UNDERSTOOD = "A newer version of the program wrote this. It is told once the service is updated."
_THINGS = {
    "catalogue.edit": "products and prices",
    "customer.edit": "what customers are given and allowed",
    "people.edit": "people and roles",
    "shop.edit": "the shop and its tills",
}


def is_understood(kind: str) -> bool:
    """Tell whether this program knows who has to hear of a kind of fact, and what right it needs."""
    return has_feed(kind) and (not is_shared(kind) or kind in RIGHTS or kind in FREE)


def objection(kind: str, actor: str, people: Mapping[str, Person], *, only_sells: bool) -> str:
    """Say why a fact is held until a manager looked at it; empty where it is not.

    ``people`` are those that the service was told of; as long as none of them may do this, the shop is being set up.
    A station that ``only_sells`` sets no shop up.
    """
    if not is_understood(kind):
        return NOT_UNDERSTOOD
    right = RIGHTS.get(kind)
    if right is None:
        return ""
    if only_sells:
        return f"This station may only sell, and it changed {_THINGS[right]}."
    if actor == SYSTEM or not any(person.may(right) for person in people.values()):
        return ""
    author = people.get(actor)
    if author is None:
        return f"Nobody here knows who changed {_THINGS[right]}."
    return "" if author.may(right) else f"{author.name} changed {_THINGS[right]} and may not."
