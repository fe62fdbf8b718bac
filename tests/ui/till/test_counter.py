"""What every part of the till shares."""

from __future__ import annotations

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.domain.values import Quantity
from omsdesk.ui.till.counter import Aspect, Offer, Tone
from tests.ui.till.bench import Bench, euros


def test_amounts_and_quantities_are_written_as_people_here_do(bench: Bench) -> None:
    assert bench.counter.money(euros("1234.50")) == "€1,234.50"
    assert bench.counter.quantity(Quantity.of("0.35")) == "0.35"


def test_a_notice_is_shown_until_it_is_hushed(bench: Bench) -> None:
    offer = Offer("Try again", lambda: None)
    bench.counter.say(Tone.BAD, "The printer is off.", offer=offer)
    assert bench.counter.notice is not None
    assert bench.counter.notice.offer is offer
    bench.counter.hush()
    bench.counter.hush()
    assert bench.counter.notice is None
    assert bench.told == [Aspect.NOTICE, Aspect.NOTICE]


def test_a_change_of_the_till_is_read_again(bench: Bench) -> None:
    bench.do(SaveTill(Till("t1", "s1", "1", "Front till", is_training=True)))
    bench.counter.refresh()
    assert bench.counter.till.name == "Front till"
    assert bench.counter.till.is_training


def test_nobody_is_responsible_where_nobody_stands(bench: Bench) -> None:
    bench.counter.person = None
    assert bench.counter.actor == ""
