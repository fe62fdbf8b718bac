"""Why something cannot be done with a ticket."""

from __future__ import annotations

from omsdesk.domain.messages import Refusal
from omsdesk.domain.records import record


@record
class NoShift(Refusal):
    """Nothing is sold before the drawer was counted."""


@record
class PriceUnknown(Refusal):
    """The article has no price."""


@record
class SaleEnded(Refusal):
    """The ticket is completed or voided."""


@record
class PaymentsTaken(Refusal):
    """Lines cannot change once money was taken."""


@record
class NotHeld(Refusal):
    """The ticket does not wait for anybody."""


@record
class Elsewhere(Refusal):
    """Another station works on the ticket, or its money lies in another drawer."""


@record
class OnHold(Refusal):
    """The ticket waits: nothing changes on it before it is taken up again."""


@record
class Training(Refusal):
    """A ticket of training and a till that is not in training, or the other way round."""


@record
class TooMuch(Refusal):
    """More than anybody sells at once: most likely a barcode came into the wrong field."""


@record
class Underpaid(Refusal):
    """Something is still due."""


@record
class NoSuchLine(Refusal):
    """The line is not on the ticket."""


@record
class SameLine(Refusal):
    """The line is on the ticket already."""


@record
class NoSuchTender(Refusal):
    """The payment is not on the ticket."""


@record
class PricesChanged(Refusal):
    """Since the ticket was priced last, promotions began or ended: nobody pays what they were not told."""
