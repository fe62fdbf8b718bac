"""What every part of the till's state shares: the station, the person, and the ways to ask and change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Done, Outcome
from omsdesk.devices.scale import Scale
from omsdesk.documents.formats import format_quantity
from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import Person
from omsdesk.domain.records import record
from omsdesk.domain.shop import Shop, Till
from omsdesk.domain.tax import Tax
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.amounts import money_text
from omsdesk.ui.typed_share import percent_text

if TYPE_CHECKING:
    from omsdesk.domain.other_store import ReceiptCopied
    from omsdesk.store.queries.in_stores import InStore
    from omsdesk.ui.exchange import Trouble

_Answer = TypeVar("_Answer")


class Aspect(StrEnum):
    """A part of what the screen shows; listeners repaint only what changed."""

    MODE = "mode"
    RUNG = "rung"
    """An article was just put on the ticket."""
    CART = "cart"
    NOTICE = "notice"
    UNDO = "undo"
    HELD = "held"
    LEFT = "left"
    """The ticket in work was left, and the till is free for the next one."""
    STATUS = "status"
    CUSTOMER = "customer"
    """Somebody has to say which customer it is."""
    APPROVAL = "approval"
    """Something about the approval that is asked for is different now."""
    ORDER = "order"
    """An order was asked for by its number."""
    RECEIPT = "receipt"
    """A receipt was asked for by its number or its code."""


class Tone(StrEnum):
    """How a notice is meant; a sound and an icon say it too."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


@record
class Offer:
    """The one thing to do about a notice."""

    label: str
    act: Callable[[], object]
    short: str = ""
    """The label where there is little room; the usual one if it is empty."""
    is_careful: bool = False
    """Whether it passes something that the shop wants: Enter, which a hand presses twice, does not do it."""


@record
class Notice:
    """A sentence for the cashier, in place, until the next thing happens."""

    tone: Tone
    sentence: str
    code: str = ""
    """The barcode that nobody knows, so that the product can be made in place."""
    offer: Offer | None = None


@record
class GivenUp(Refusal):
    """The person themselves thought better of it."""


Asking = Callable[[ApprovalNeeded, tuple[Command, ...], Callable[[Outcome], None]], None]


class Work(Protocol):
    """The two verbs, as ``ui.background.Background`` has them."""

    def change(self, actor: str, *commands: Command, then: Callable[[Outcome], None]) -> None:
        """Have commands carried out as one action."""

    def ask(self, question: Callable[[Connection], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have a question answered."""

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have something slow done."""


class Elsewhere(Protocol):
    """The service, which knows receipts and goods of other stores, as ``ui.exchange.Exchange`` asks it."""

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a service to ask."""

    def find_receipt(
        self, code: str, then: Callable[[list[ReceiptCopied]], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Ask for a receipt of whatever store, by its number or what its code carries."""

    def find_goods(
        self, products: Sequence[str], then: Callable[[list[InStore]], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Ask what all stores have of some products."""


@dataclass(slots=True)
class Counter:
    """The counter a cashier stands at."""

    reader: Connection
    work: Work
    clock: Clock
    shop: Shop
    till: Till
    person: Person | None = None
    shift: str = ""
    notice: Notice | None = None
    scale: Scale | None = None
    """The scale beside the till, if there is one."""
    has_printer: Callable[[str], bool] = lambda _: False
    """Whether a printer of a role is set up here."""
    is_demonstration: bool = False
    """Whether this is the demonstration shop."""
    elsewhere: Elsewhere | None = None
    """Who knows receipts and goods of other stores."""
    listeners: list[Callable[[Aspect], None]] = field(default_factory=list)
    is_stopped: Callable[[str], bool] = lambda _: False
    """Tells whether something has to be done before the next sale, and says what, with these words after it."""
    ask_approval: Asking | None = None
    """Has somebody else agree to what the person may not do, and does it then."""

    @property
    def actor(self) -> str:
        """Who is responsible for what happens now."""
        return self.person.id if self.person else ""

    @property
    def day(self) -> str:
        """The local calendar day."""
        return self.clock.now().day

    @property
    def is_teaching(self) -> bool:
        """Whether somebody tries or learns here, so that devices on the screen are at hand."""
        return self.is_demonstration or self.till.is_training

    def money(self, amount: Money) -> str:
        """Write an amount for people here."""
        return money_text(amount, self.shop.locale)

    def quantity(self, quantity: Quantity, decimals: int = 0) -> str:
        """Write a quantity for people here, with at least so many decimals."""
        return format_quantity(quantity, self.shop.locale, decimals)

    def tax_name(self, tax: Tax) -> str:
        """Name a tax and its rate."""
        return f"{tax.name} {percent_text(tax.rate_ppm, self.shop.locale)}"

    def tell(self, *aspects: Aspect) -> None:
        """Let the screen repaint what changed."""
        for aspect in aspects:
            for listener in self.listeners:
                listener(aspect)

    def say(self, tone: Tone, sentence: str, code: str = "", offer: Offer | None = None) -> None:
        """Show a notice."""
        self.notice = Notice(tone, sentence, code, offer)
        self.tell(Aspect.NOTICE)

    def refuse(self, refusal: Refusal) -> None:
        """Say why something was not done, with amounts as people here write them."""
        self.say(Tone.INFO if isinstance(refusal, GivenUp) else Tone.BAD, refusal.in_words(self.money))

    def hush(self) -> None:
        """Take the notice away."""
        if self.notice is not None:
            self.notice = None
            self.tell(Aspect.NOTICE)

    def change(self, *commands: Command, then: Callable[[Done], None]) -> None:
        """Carry commands out; a refusal becomes a notice and changes nothing."""

        def arrived(outcome: Outcome) -> None:
            if isinstance(outcome, Refusal):
                self.refuse(outcome)
            else:
                then(outcome)

        self.perform(*commands, then=arrived)

    def perform(self, *commands: Command, then: Callable[[Outcome], None]) -> None:
        """Carry commands out in the name of whoever stands here, once somebody agreed if that is needed."""
        actor = self.actor

        def arrived(outcome: Outcome) -> None:
            if isinstance(outcome, ApprovalNeeded) and self.ask_approval is not None and actor == self.actor:
                self.ask_approval(outcome, commands, then)
            else:
                then(outcome)

        self.work.change(actor, *commands, then=arrived)

    def refresh(self) -> None:
        """Read again who and where this is."""
        self.shop = queries.shop_of(self.reader, self.till.id) or self.shop
        self.till = queries.till_of(self.reader, self.till.id) or self.till
        self.shift = queries.open_shift(self.reader, self.till.id)


def ignore(_: Any) -> None:
    """Do nothing with an answer."""
