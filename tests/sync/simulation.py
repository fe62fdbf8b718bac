"""A shop, its service and everything that can go wrong between them, decided by one seed.

The programs are the real ones. Network, clocks, disks and the power are played, and each can fail between any two
statements that any of the programs sends to its database.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from omsdesk.actions.execute import Done
from omsdesk.domain.cash import MoveCash, OpenShift
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.sale_command import CompleteSale, HoldSale
from omsdesk.domain.values import Money
from omsdesk.store import exchange, journal
from omsdesk.store.queries import till as queries
from omsdesk.sync.messages import Answer, Garbled, Heard, Run, Stray, Wanted
from omsdesk.sync.turn import Turn, Unreachable, take_turn
from tests.domain.corner_shop import gbp
from tests.sync.hands import PRODUCTS, work
from tests.sync.machines import Machine, Till, new_shop
from tests.sync.memory import PowerCut
from tests.sync.same_tables import differences
from tests.sync.stations import STORE

_T = TypeVar("_T")
_MOST_ASKED = 200
"""Messages in one turn. What is to be said fits into a few."""
_YEARS_MS = 3 * 365 * 86_400_000


class World:
    """Everything that happens in one history."""

    def __init__(self, seed: int) -> None:
        shop = new_shop()
        self.random = random.Random(seed)
        self.cloud = Machine(shop)
        self.tills = [Till(f"till {at}", image, seed * 10 + at) for at, image in enumerate(shop.tills)]
        self.copies: dict[str, bytes] = {}
        self.cloud_copy = shop.cloud
        self.late: deque[Callable[[], object]] = deque()
        self.loses = self.repeats = self.delays = self.is_busy = self.garbles = 0.0
        self.apart: set[str] = set()
        self.promised: set[str] = set()
        """What a person was shown as done, and no disaster took from every disk."""
        self.begun: set[str] = set()
        """What may have happened: the power failed before anybody was told."""
        self.events: list[str] = []

    # ------------------------------------------------------------------------------ the way

    def send(self, till: Till, deliver: Callable[[], _T]) -> _T:
        """Carry a message there and its answer back, or not, or later, or twice."""
        if till.name in self.apart or self.chance(self.loses):
            raise Unreachable("no way there")
        if self.chance(self.delays):
            self.late.append(deliver)
            raise Unreachable("late")
        answer = self.serve(deliver)
        if self.chance(self.repeats):
            self.serve(deliver)
        if self.chance(self.loses):
            raise Unreachable("no way back")
        return answer

    def serve(self, deliver: Callable[[], _T]) -> _T:
        """Let the service work on a message; its power may fail."""
        try:
            return deliver()
        except PowerCut:
            if not self.cloud.disk.cut_at:
                raise
            self.note("the service falls over")
            self.cloud.start()
            raise Unreachable("the service fell over") from None

    def chance(self, share: float) -> bool:
        return share > 0 and self.random.random() < share

    def note(self, event: str) -> None:
        self.events.append(event)

    # ------------------------------------------------------------------------------ what people do

    def work(self, till: Till, name: str, *actions: Callable[[], object]) -> bool:
        """Do something at a till; tells whether the power stayed."""
        self.begun.add(name)
        try:
            for action in actions:
                assert isinstance(action(), Done)
        except PowerCut:
            self.note(f"{till.name}: power cut at work")
            till.start()
            return False
        self.promised.add(name)
        return True

    def sell(self, till: Till) -> None:
        sale = till.clock.new_id()
        self.note(f"{till.name} sells {sale[-4:]}")
        self.work(
            till, sale,
            lambda: self.make_ready(till),
            lambda: till.outcome(till.add(sale)),
            lambda: till.outcome(till.pay(sale), CompleteSale(sale)),
        )  # fmt: skip

    def move_cash(self, till: Till) -> bool:
        movement = till.clock.new_id()
        self.note(f"{till.name} moves cash {movement[-4:]}")
        amount = Money.of(self.random.randrange(1, 50), "GBP")

        def move() -> object:
            self.make_ready(till)
            shift = queries.open_shift(till.database.writer, till.database.station.till)
            return till.outcome(MoveCash(shift, movement, amount, "Change"))

        return self.work(till, movement, move)

    def make_ready(self, till: Till) -> Done:
        """Open the shift and put the open ticket aside, for somebody who wants to pay now."""
        reader, place = till.database.writer, till.database.station.till
        done = Done(())
        if not queries.open_shift(reader, place):
            done = till.do(OpenShift(till.clock.new_id(), Money.of(100, "GBP")))
        if sale := queries.open_sale_id(reader, place):
            # A ticket on which money lies is finished first.
            outcome = till.outcome(HoldSale(sale, "guest"))
            if not isinstance(outcome, Done):
                self.begun.add(sale)
                ticket = queries.sale_state(reader, sale)
                payments = [till.pay(sale)] if ticket is not None and ticket.due else []
                outcome = till.do(*payments, CompleteSale(sale))
            done = outcome
        return done

    def serve_guests(self, till: Till) -> None:
        """Do something with an open or held ticket, or with the drawer."""
        step, choice = self.random.choice(TICKET_WORK), self.random.randrange(4)
        self.note(f"{till.name}: {step}")
        try:
            for command in work(till, step, choice):
                if isinstance(command, CompleteSale):
                    self.begun.add(command.sale)
                till.outcome(command)
        except PowerCut:
            self.note(f"{till.name}: power cut at work")
            till.start()

    def edit(self, till: Till) -> None:
        """Give a product another name and price, from what this till knows of it."""
        product = self.random.choice(PRODUCTS)
        (base,) = till.disk.raw.execute("SELECT revision FROM product WHERE id = ?", [product]).fetchone()
        change = ProductEdit(product, base, name=f"Product {self.random.randrange(100)}", price=gbp("2.80"))
        self.note(f"{till.name} edits {product}: {change.name}")
        try:
            till.outcome(SaveProducts(till.clock.new_id(), (change,)))
        except PowerCut:
            self.note(f"{till.name}: power cut at work")
            till.start()

    def exchange(self, till: Till) -> Turn | None:
        """Let a till take a turn, as far as it comes."""
        service = _Line(self, till)
        try:
            turn = take_turn(till.database, service, STORE)
        except (Unreachable, Garbled) as error:
            self.note(f"{till.name}: {error}")
            return None
        except PowerCut:
            self.note(f"{till.name}: power cut while it exchanges")
            till.start()
            return None
        self.note(f"{till.name} exchanges: {turn}")
        return turn

    def meanwhile(self, till: Till) -> bool:
        """Let something happen while a till's turn is under way; tells whether its program still runs."""
        if self.chance(0.5):
            return self.move_cash(till)
        busy, self.is_busy = self.is_busy, 0.0
        self.exchange(self.random.choice([other for other in self.tills if other is not till]))
        self.is_busy = busy
        return self.chance(0.5) or self.move_cash(till)

    # ------------------------------------------------------------------------------ disasters

    def put_back(self, till: Till) -> None:
        """Put an old disk into a till."""
        image = self.copies.get(till.name)
        if image is not None:
            self.note(f"{till.name}: an old disk is put in")
            till.put_in(image)
            self.forget_what_is_nowhere()

    def forget(self) -> None:
        """Let the service lose all that came since a copy was taken."""
        self.note("the service loses its last minutes")
        self.cloud.put_in(self.cloud_copy)
        self.forget_what_is_nowhere()

    def clone(self, till: Till) -> None:
        """Let a copy of a till's disk run beside it."""
        if len(self.tills) < 5:
            self.note(f"{till.name} is copied as till {len(self.tills)}")
            self.tills.append(Till(f"till {len(self.tills)}", till.disk.image(), self.random.randrange(1 << 40)))

    def jump(self, till: Till) -> None:
        """Set a till's clock to another year."""
        moment = till.clock.moment
        utc_ms = moment.utc_ms + self.random.randrange(-_YEARS_MS, _YEARS_MS)
        till.clock.moment = type(moment)(max(1_500_000_000_000, utc_ms), moment.offset_minutes)

    def cut(self) -> None:
        """Let the power of one machine fail at one of its next statements."""
        disk = self.random.choice([self.cloud.disk, *(till.disk for till in self.tills)])
        disk.cut_after(self.random.randrange(1, 60))

    def forget_what_is_nowhere(self) -> None:
        """Promise no longer what no disk holds: it burnt with the last one that did."""
        left = self.in_the_cloud().union(*(till.facts() for till in self.tills))
        self.promised &= left

    def in_the_cloud(self) -> set[str]:
        """What the service has of sales and cash."""
        question = "SELECT subject FROM entry WHERE kind IN ('sale.completed', 'cash.moved')"
        return {subject for (subject,) in self.cloud.disk.raw.execute(question)}

    def deliver_late(self) -> None:
        """Let what was under way arrive, in any order, though nobody waits for it any more."""
        late = list(self.late)
        self.late.clear()
        self.random.shuffle(late)
        for deliver in late:
            try:
                self.serve(deliver)
            except (Unreachable, Garbled):
                continue

    # ------------------------------------------------------------------------------ the end

    def settle(self) -> None:
        """Let everything work again, and everybody talk."""
        self.loses = self.repeats = self.delays = self.is_busy = self.garbles = 0.0
        self.apart.clear()
        self.cloud.start()
        for till in self.tills:
            till.start()
        self.deliver_late()
        for _ in range(3):
            for till in self.tills:
                assert self.exchange(till) is not None

    def check(self) -> None:
        """Nothing promised is lost, nothing is there twice, and everybody knows the same."""
        first = self.tills[0]
        facts = first.facts()
        assert self.promised <= set(facts), f"lost: {self.promised - set(facts)}"
        # Twins may have ended one ticket twice.
        done = {fact.partition("~")[0] for fact in facts}
        assert done <= self.begun, f"never done: {done - self.begun}"
        for till in self.tills:
            found = list(differences(first.database.writer, till.database.writer))
            assert not found, f"{first.name} and {till.name}: {found}"
            assert till.opinions() == first.opinions(), f"{till.name} has other opinions than {first.name}"
            assert till.facts() == facts, f"{till.name} knows other facts than {first.name}"
            writer = till.database.writer
            assert list(journal.broken_links(writer)) == [], till.name
            assert exchange.set_aside(writer) == [], till.name
            assert self.exchange(till) == Turn(), f"{till.name} has news where there are none"
        self.check_cloud()

    def check_cloud(self) -> None:
        """Feeds are dense, each fact is in one of them once, and each chain follows from its beginning."""
        raw = self.cloud.disk.raw
        told = raw.execute(
            "SELECT device, coalesce(first_epoch, epoch), coalesce(first_number, number), coalesce(first_hash, hash)"
            " FROM entry WHERE place IS NOT NULL"
        ).fetchall()
        assert len(told) == len(set(told)), "a fact was told twice"
        ends = dict[tuple[str, int], tuple[int, bytes]]()
        for device, epoch, number, previous, digest in raw.execute(
            "SELECT device, epoch, number, previous, hash FROM entry ORDER BY device, epoch, number"
        ):
            assert (number - 1, previous) == ends.get((device, epoch), (0, journal.GENESIS)), (device, epoch, number)
            ends[device, epoch] = (number, digest)
        for scope, high in raw.execute("SELECT scope, high FROM feed"):
            places = [place for (place,) in raw.execute("SELECT place FROM entry WHERE scope = ? ORDER BY 1", [scope])]
            assert places == list(range(1, high + 1)), scope

    def close(self) -> None:
        for disk in (self.cloud.disk, *(till.disk for till in self.tills)):
            disk.close()


class _Line:
    """A till's line to the service."""

    def __init__(self, world: World, till: Till) -> None:
        self._world, self._till = world, till
        self._asked = 0

    def push(self, run: Run) -> Answer:
        if run.entries and self._world.chance(self._world.garbles):
            at = self._world.random.randrange(len(run.entries))
            bent = run.entries[at]._replace(actor="nobody")
            run = replace(run, entries=(*run.entries[:at], bent, *run.entries[at + 1 :]))
        return self._send(partial(self._world.cloud.receive, self._till.device, run))

    def _send(self, deliver: Callable[[], _T]) -> _T:
        self._asked += 1
        assert self._asked < _MOST_ASKED, "the two talk for ever"
        try:
            return self._world.send(self._till, deliver)
        except Garbled:
            raise Unreachable("garbled on its way") from None

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        self._world.note(f"{self._till.name} gives back {len(strays)}")
        return self._send(partial(self._world.cloud.rescue, self._till.device, strays))

    def pull(self, wanted: Wanted) -> Heard:
        if self._world.chance(self._world.is_busy) and not self._world.meanwhile(self._till):
            raise Unreachable("the program is gone")
        heard = self._send(partial(self._world.cloud.tell, self._till.device, wanted))
        if heard.items and self._world.chance(self._world.garbles):
            item = heard.items[-1]
            bent = item.entry and item.entry._replace(actor="nobody")
            heard = replace(heard, items=(*heard.items[:-1], replace(item, entry=bent)))
        return heard


TICKET_WORK = (
    "start",
    "start",
    "add",
    "pay a part",
    "hold",
    "hold",
    "recall",
    "recall",
    "void",
    "finish",
    "finish",
    "close",
)
_ALWAYS = ("sell",) * 3 + ("move_cash",) * 2 + ("exchange",) * 8
CUTS = ("cut", "cut")
OLD_DISKS = ("copy", "copy", "put_back", "put_back")
TWINS = ("clone",)
LOST_SERVICES = ("copy the service", "forget")
BUSY, GARBLED = ("jump", "sell"), ("jump", "exchange")
"""Somebody sells while a turn is under way; bits change on the way."""
GUESTS, EDITS = ("serve_guests",) * 4, ("edit",) * 3
_AT_TIMES = (GUESTS, EDITS, CUTS, OLD_DISKS, TWINS, LOST_SERVICES, BUSY, GARBLED, ("part", "part"), ("deliver_late",))


def play(world: World, steps: int, trouble: Sequence[tuple[str, ...]] = ()) -> None:
    """Let things happen, by chance; each history has its own kinds of trouble, if they are not given."""
    world.loses = world.random.choice([0.0, 0.1, 0.4])
    world.repeats = world.random.choice([0.0, 0.3])
    world.delays = world.random.choice([0.0, 0.2])
    trouble = trouble or world.random.sample(_AT_TIMES, world.random.randrange(len(_AT_TIMES) + 1))
    world.is_busy, world.garbles = 0.3 * (BUSY in trouble), 0.2 * (GARBLED in trouble)
    choices = [*_ALWAYS, *(what for kind in trouble for what in kind)]
    for _ in range(steps):
        _happen(world, world.random.choice(choices))


def _happen(world: World, what: str) -> None:
    till = world.random.choice(world.tills)
    match what:
        case "copy":
            world.copies[till.name] = till.disk.image()
        case "copy the service":
            world.cloud_copy = world.cloud.disk.image()
        case "part":
            world.apart ^= {till.name}
        case "forget" | "cut" | "deliver_late":
            getattr(world, what)()
        case _:
            getattr(world, what)(till)
