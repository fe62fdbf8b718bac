"""The ticket in work: what a cashier can do with it, and what the screen shows of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from omsdesk.actions.execute import Done, Outcome
from omsdesk.domain.buying import SetCustomer
from omsdesk.domain.coupon import RemoveCoupon, ShowCoupon
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Command, Event, Refusal
from omsdesk.domain.records import record
from omsdesk.domain.sale import (
    CouponRemoved,
    CouponShown,
    CustomerSet,
    LineAdded,
    LineDiscounted,
    LineRemoved,
    PriceChanged,
    QuantityChanged,
    Sale,
    SaleCompleted,
    SaleDiscounted,
    SaleHeld,
    SaleOrdered,
    SaleStarted,
    SaleVoided,
    TenderRemoved,
    TenderTaken,
    evolve,
)
from omsdesk.domain.sale_command import (
    AddLine,
    ChangePrice,
    ChangeQuantity,
    CheckAge,
    DiscountLine,
    DiscountSale,
    HoldSale,
    LoadAccount,
    NoteLine,
    Part,
    PriceAnew,
    RecallSale,
    RemoveLine,
    RestoreLine,
    ReturnDeposit,
    TakeVoidBack,
    VoidSale,
)
from omsdesk.domain.sale_refusal import OnHold, PricesChanged, SaleEnded
from omsdesk.domain.units import WEIGHTS, is_measured
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.till import Held
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.goods.incoming import CustomerAge, Incoming
from omsdesk.ui.till.goods.remarks import remark_on
from omsdesk.ui.till.intake import Intake
from omsdesk.ui.till.kitchen import news_of
from omsdesk.ui.till.returns.way_back import goes_with_another, whole_way_back

_WEIGHED = "“{}” was weighed. Weigh it again, or type the weight with Ctrl+Q."
_MEASURED = "“{}” was measured. Measure it again, or type how much it is with Ctrl+Q."
_WAITS = "What was scanned waits."


@record
class Undo:
    """How to take the last step back."""

    sentence: str
    act: Callable[[], None]


class TillSession:
    """State and intents of the ticket in work. It knows no widget, and shows nothing before it is durable."""

    def __init__(self, counter: Counter) -> None:
        """Take up the ticket that was in work when the program ended, however it ended."""
        self.counter = counter
        self.sale: Sale | None = queries.open_sale(counter.reader, counter.till.id)
        self.selected = self.sale.lines[-1].line if self.sale and self.sale.lines else ""
        self.undo: Undo | None = None
        self.age = CustomerAge()
        """What is known of the age of whoever stands here; it is kept nowhere."""
        self.intake = Intake(counter, self.put, self.is_old_enough)
        self._sale_id = self.sale.sale if self.sale else ""
        self._is_leaving = False
        self._late: list[Incoming] = []
        """What came in while a ticket was being left, or before the drawer was shut.

        Whether it is the next ticket's is known when the disk answers."""
        self._pending = 0
        """Changes that are on their way to the disk."""
        self._afterwards: list[Callable[[], None]] = []

    @property
    def is_busy(self) -> bool:
        """Whether a ticket is in work, or on its way to the disk."""
        return bool(self.lines) or self._pending > 0 or self._is_leaving

    def waits_for(self, act: Callable[[], None]) -> bool:
        """Do something once what was scanned or typed is on the disk; tells whether there is anything to wait for.

        On a ticket that is being left nothing is done any more.
        """
        if self._pending == 0 or self._is_leaving:
            return False
        self._afterwards.append(act)
        return True

    # ------------------------------------------------------------------------------ lines

    def put(self, coming: Incoming) -> None:
        """Put an article on the ticket with all that was said of it."""
        if self._is_leaving or (not self.lines and self.counter.is_stopped(_WAITS)):
            self._late.append(coming)
        else:
            self.submit(*self._commands(coming), then=lambda done: self._rung_up(coming, done))

    def load(self, account: str, amount: Money, *, is_new: bool = False) -> None:
        """Put money on the ticket that goes onto an account."""
        self._do(LoadAccount(self.ticket(), self.counter.clock.new_id(), account, amount, is_new))

    def ticket(self) -> str:
        """Name the ticket in work; where there is none, the one that the next line begins."""
        self._sale_id = self._sale_id or self.counter.clock.new_id()
        return self._sale_id

    def _commands(self, coming: Incoming) -> tuple[Command, ...]:
        new_id, article = self.counter.clock.new_id, coming.article
        sale = self.ticket()
        if article.traits.is_deposit:
            return (ReturnDeposit(sale, new_id(), article, coming.quantity, coming.amount),)
        age, checked = coming.oldest.traits.age, self.sale.age_checked if self.sale else 0
        parts = tuple(Part(new_id(), part) for part in coming.parts)
        added = AddLine(
            sale, new_id(), article, coming.quantity, coming.price, coming.serials, coming.lot, coming.expiry, parts
        )
        return (CheckAge(sale, age), added) if age > checked else (added,)

    def _rung_up(self, coming: Incoming, done: Done) -> None:
        self.follow(done)
        remark = remark_on(coming, self.counter, self.lines)
        if remark:
            self.counter.say(Tone.INFO, remark)

    def is_old_enough(self, age: int) -> bool:
        """Tell whether the customer of this ticket was seen to be that old."""
        checked = self.sale.age_checked if self.sale else 0
        return age <= checked or self.age.covers(age, self.counter.day)

    def go_on(self) -> None:
        """Ring up what came in while something stood in the way."""
        if self._late and not self._is_leaving:
            self._take_in_the_late(self.follow)

    def _take_in_the_late(self, then: Callable[[Done], None]) -> None:
        self._is_leaving = False
        late, self._late = self._late, []
        for coming in late:
            self.submit(*self._commands(coming), then=then)

    def set_quantity(self, line: str, quantity: Quantity) -> None:
        """Set how many of a line are sold."""
        self._do(ChangeQuantity(self._sale_id, line, quantity))

    def change_quantity(self, steps: int) -> None:
        """Sell one more or one less of the selected line; the last one takes the line off.

        Nobody means a kilogram more of what was weighed: how much it is, is said anew.
        """
        row = self.selected_line
        if row is not None and is_measured(row.article.unit):
            said = _WEIGHED if row.article.unit in WEIGHTS else _MEASURED
            self.counter.say(Tone.WARN, said.format(row.article.name))
        elif row is not None:
            self.set_quantity(row.line, Quantity(max(0, abs(row.quantity.micro) + steps * ONE.micro)))

    def remove_selected(self) -> None:
        """Take the selected line off."""
        if self.selected_line is not None:
            self._do(RemoveLine(self._sale_id, self.selected))

    def note_selected(self, note: str) -> None:
        """Write a note on the selected line."""
        if self.selected_line is not None:
            self._do(NoteLine(self._sale_id, self.selected, note))

    def select(self, line: str) -> None:
        """Choose the line that the keys act on."""
        if line != self.selected:
            self.selected = line
            self.counter.tell(Aspect.CART)

    def select_step(self, step: int) -> None:
        """Choose the next or the previous line."""
        lines = [row.line for row in self.lines]
        if lines:
            at = lines.index(self.selected) + step if self.selected in lines else len(lines) - 1
            self.select(lines[max(0, min(at, len(lines) - 1))])

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the ticket in work."""
        return self.sale.lines if self.sale else ()

    @property
    def selected_line(self) -> Line | None:
        """The line that the keys act on."""
        return self.sale.line(self.selected) if self.sale else None

    def set_customer(self, customer: str, *first: Command) -> None:
        """Say whose ticket it is, nobody's without a customer; what has to be written down of them goes first."""
        if customer or self.sale is not None:
            self.on_ticket(lambda sale: SetCustomer(sale, customer), *first, then=self.follow)

    def on_ticket(self, command: Callable[[str], Command], *first: Command, then: Callable[[Done], None]) -> None:
        """Do something with the ticket in work, which may begin with it; ``first`` goes before it."""
        if not self._is_leaving:
            self._sale_id = self._sale_id or self.counter.clock.new_id()
            self.submit(*first, command(self._sale_id), then=then)

    # ------------------------------------------------------------------------------ tickets

    def hold(self, name: str = "") -> None:
        """Put the ticket aside for later, under a name or the time."""
        if self.sale is not None and self.lines:
            whose = self.sale.customer.name if self.sale.customer else ""
            label = name.strip() or whose or f"{self.counter.clock.now().local:%H:%M}"
            self.leave(HoldSale(self.sale.sale, label))

    def held(self) -> list[Held]:
        """List the tickets that wait, at this till or at another of the store."""
        return queries.held_sales(self.counter.reader, self.counter.till.id)

    def recall(self, sale: str, then: Callable[[], None] | None = None) -> None:
        """Take a ticket up again; the one in work is held in its place, in the same action."""
        commands: list[Command] = []
        if self.sale is not None and self.lines:
            commands.append(HoldSale(self.sale.sale, f"{self.counter.clock.now().local:%H:%M}"))

        def recalled(_: Done) -> None:
            self.take_up(queries.sale_state(self.counter.reader, sale))
            self.counter.tell(Aspect.HELD)
            if then is not None:
                then()

        self.submit(*commands, RecallSale(sale), then=recalled)

    def void(self, reason: str = "") -> None:
        """Give the ticket up."""
        if self.sale is not None:
            self.leave(VoidSale(self.sale.sale, reason), *news_of(self.counter, self.sale.sale))

    def take_up(self, sale: Sale | None) -> None:
        """Work on this ticket from now on; None begins afresh."""
        if sale is None or sale.sale != self._sale_id:
            self.age.forget()
        self.sale, self._sale_id = sale, sale.sale if sale else ""
        self.selected = sale.lines[-1].line if sale and sale.lines else ""
        self.undo, self.intake.multiplier = None, None
        self.counter.tell(Aspect.CART, Aspect.UNDO)

    def leave(self, *commands: Command, then: Callable[[Done], None] | None = None) -> None:
        """End the work on this ticket: what is scanned from this moment on belongs to the next one.

        If the ticket has to stay, it belongs to this one, and the sentence that says why stays in sight.
        A ticket that is being left already is not left once more: the disk is slower than a finger that taps twice.
        """
        if self.sale is None or self.sale.sale != self._sale_id:
            return
        leaving, self._sale_id, self._is_leaving = self._sale_id, "", True

        def left(done: Done) -> None:
            self.follow(done)
            if then is not None:
                then(done)
            self._take_in_the_late(self.follow)
            self.counter.tell(Aspect.LEFT)

        def stayed(refusal: Refusal) -> None:
            if not isinstance(refusal, SaleEnded | OnHold):
                self._sale_id = self._sale_id or leaving
            self._take_in_the_late(self._take_in)

        self.submit(*commands, then=left, refused=stayed)

    # ------------------------------------------------------------------------------ undo

    def take_back(self) -> None:
        """Undo the last step."""
        undo, self.undo = self.undo, None
        if undo is not None:
            undo.act()
            self.counter.tell(Aspect.UNDO)

    def forget_undo(self) -> None:
        """Let the chance to undo pass."""
        if self.undo is not None:
            self.undo = None
            self.counter.tell(Aspect.UNDO)

    def offer_undo(self, sentence: str, *commands: Command) -> None:
        """Say how to take back in one go what was done in one go."""
        self._offer(sentence, *commands)
        self.counter.tell(Aspect.UNDO)

    def _offer(self, sentence: str, *commands: Command) -> None:
        self.undo = Undo(sentence, lambda: self._do(*commands))

    # ------------------------------------------------------------------------------ what happened

    def submit(
        self, *commands: Command, then: Callable[[Done], None], refused: Callable[[Refusal], None] | None = None
    ) -> None:
        """Carry commands on the ticket out; a refusal becomes a notice, and the ticket is looked at again."""
        self._pending += 1

        def arrived(outcome: Outcome) -> None:
            self._pending -= 1
            if isinstance(outcome, Refusal):
                if refused is not None:
                    refused(outcome)
                self.counter.refuse(outcome)
                if isinstance(outcome, PricesChanged) and self.sale is not None:
                    # What was said stays in sight, above the new total.
                    self.submit(PriceAnew(self.sale.sale), then=self._take_in)
                else:
                    self.look_again()
            else:
                then(outcome)
            self._do_what_waited()

        self.counter.perform(*commands, then=arrived)

    def _do_what_waited(self) -> None:
        if self._pending == 0:
            waited, self._afterwards = self._afterwards, []
            for act in waited:
                act()

    def look_again(self) -> None:
        """See whether another program changed the ticket in work: a second window, or one that was left open."""
        sale = self.sale
        if sale is None or self._pending:
            return

        def arrived(found: Sale | None) -> None:
            # Whatever was done here meanwhile knows better.
            if self.sale is sale and not self._pending and found != sale:
                self._changed_elsewhere(found)

        self.counter.work.ask(lambda reader: queries.sale_state(reader, sale.sale), arrived)

    def _changed_elsewhere(self, found: Sale | None) -> None:
        is_held = found is not None and found.held_as is not None
        if found is not None and found.is_open and not is_held and found.till == self.counter.till.id:
            self.take_up(found)
            return
        self.take_up(None)
        became = "put aside. F6 shows what waits." if is_held else "ended."
        self.counter.say(Tone.WARN, f"In another window this ticket was {became}")
        self.counter.tell(Aspect.HELD)

    def _do(self, *commands: Command) -> None:
        self.submit(*commands, then=self.follow)

    def follow(self, done: Done) -> None:
        """Apply the facts of an action to what is shown; what was said before has been read."""
        self.counter.hush()
        self._take_in(done)

    def _take_in(self, done: Done) -> None:
        start = self.sale
        for fact in done.facts:
            before = self.sale
            if isinstance(fact, SaleStarted) and fact.sale == self._sale_id:
                self.sale = evolve(None, fact)
            elif before is not None and fact.kind.startswith("sale.") and fact.subject == before.sale:
                self.sale = evolve(before, fact)
                if not goes_with_another(before, fact):
                    self._follow(before, fact)
        self._offer_whole(start, done)
        if any(isinstance(fact, LineAdded | QuantityChanged) for fact in done.facts):
            self.counter.tell(Aspect.RUNG)
        self.counter.tell(Aspect.CART, Aspect.UNDO)

    def _offer_whole(self, start: Sale | None, done: Done) -> None:
        """Offer to take back all of what happened to several lines at once."""
        offer = whole_way_back(start, done.facts) if start is not None else None
        if offer is not None:
            self._offer(*offer)

    def _follow(self, before: Sale, fact: Event) -> None:
        match fact:
            case LineAdded(sale=sale, row=row):
                self.selected = row.line
                became = "added" if row.returned is None else "comes back"
                self._offer(f"{row.article.name} {became}", RemoveLine(sale, row.line))
            case QuantityChanged(sale=sale, line=line):
                self.selected = line
                old = before.line(line)
                if old is not None:
                    change = f"{old.article.name}: {old.quantity} → {fact.quantity}"
                    self._offer(change, ChangeQuantity(sale, line, old.quantity))
            case LineRemoved(sale=sale, line=line):
                self._removed(before, sale, line)
            case CustomerSet() | CouponShown() | CouponRemoved():
                self._offer(*_way_back(before, fact))
            case SaleHeld(sale=sale):
                self._left()
                self.undo = Undo("Ticket held", lambda: self.recall(sale))
                self.counter.tell(Aspect.HELD)
            case LineDiscounted() | PriceChanged() | SaleDiscounted():
                self._reduced(before, fact)
            case TenderTaken() | TenderRemoved():
                # Nothing changes on a ticket that money was taken for; a payment has its own way back.
                self.undo = None
            case SaleVoided():
                self._left()
                if before.lines:
                    self.undo = Undo("Sale voided", lambda: self._ring_again(before))
            case SaleCompleted() | SaleOrdered():
                self._left()

    def _reduced(self, before: Sale, fact: LineDiscounted | PriceChanged | SaleDiscounted) -> None:
        if isinstance(fact, SaleDiscounted):
            sentence = "Discount on the sale" if fact.discount else "Discount off the sale again"
            self._offer(sentence, DiscountSale(fact.sale, before.discount))
            return
        row = before.line(fact.line)
        if row is None:
            return
        self.selected = row.line
        if isinstance(fact, PriceChanged):
            self._offer(f"{row.article.name}: other price", ChangePrice(fact.sale, row.line, row.open_price))
        else:
            what = "discount" if fact.discount else "discount off again"
            self._offer(f"{row.article.name}: {what}", DiscountLine(fact.sale, row.line, row.discount))

    def _removed(self, before: Sale, sale: str, line: str) -> None:
        row, left = before.line(line), self.lines
        index = [r.line for r in before.lines].index(line) if row else 0
        if row is not None:
            self._offer(f"{row.article.name} removed", RestoreLine(sale, row, index))
        self.selected = left[min(index, len(left) - 1)].line if left else ""

    def _ring_again(self, voided: Sale) -> None:
        """Put the lines of a voided ticket on a new one; the other has ended, and counts as no void."""
        new_id = self.counter.clock.new_id
        sale = self._sale_id = self._sale_id or new_id()
        again = {row.line: new_id() for row in voided.lines}
        rows = tuple(replace(row, line=again[row.line], parent=again.get(row.parent, "")) for row in voided.lines)
        # An empty ticket is begun by what was seen of its customer: every line is then put back as it was.
        seen = CheckAge(sale, voided.age_checked)
        whose = (SetCustomer(sale, voided.customer.id),) if voided.customer else ()
        off = (DiscountSale(sale, voided.discount),) if voided.discount else ()
        self._do(
            TakeVoidBack(voided.sale), seen, *whose, *(RestoreLine(sale, row, at) for at, row in enumerate(rows)), *off
        )

    def _left(self) -> None:
        self.sale, self.selected, self.undo = None, "", None
        self.age.forget()


def _way_back(before: Sale, fact: CustomerSet | CouponShown | CouponRemoved) -> tuple[str, Command]:
    """Say what was done about the whole ticket, and how it is taken back."""
    match fact:
        case CustomerSet(customer=customer):
            who = before.customer.id if before.customer else ""
            return f"Customer: {customer.name}" if customer else "No customer", SetCustomer(fact.sale, who)
        case CouponShown(coupon=coupon):
            return "Coupon taken", RemoveCoupon(fact.sale, coupon.code)
    return "Coupon given back", ShowCoupon(fact.sale, fact.code)
