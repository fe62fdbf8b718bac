"""A program one version ahead of this one, as a process of its own: its sales say more, and it knows a new noun.

Run as ``python -m tests.stories.program_of_tomorrow DATABASE ADDRESS TICKETS``: it opens a station's database, sells so
many tickets, exchanges everything, leaves one ticket held, and prints what it shows. The station was enrolled before;
its key lies beside its database. With any other arguments it is the whole program, a service for example.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

from omsdesk.__main__ import main as omsdesk
from omsdesk.actions.execute import Executor
from omsdesk.domain.messages import Event, Json, event, upcast
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.records import record
from omsdesk.domain.sale import LineAdded, SaleCompleted
from omsdesk.domain.sale_command import HoldSale
from omsdesk.settings import Service
from omsdesk.store import exchange
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.sync import scopes
from omsdesk.sync.enrolment import reach
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.turn import take_turn
from tests.stories.shop_floor import CLOCK, SHOP, add, begin_shift, must, sell
from tests.stories.shop_of_old import figures

LineAdded.version = SaleCompleted.version = 2
POINTS_A_SALE = 5


@upcast(LineAdded.kind, 1)
@upcast(SaleCompleted.kind, 1)
def nothing_was_said(body: dict[str, Json]) -> dict[str, Json]:
    return body


@event("loyalty.points_given")
@record
class PointsGiven(Event):
    """Somebody is thanked for buying."""

    customer: str
    points: int


@on(PointsGiven)
def points_given(connection: Connection, _entry: Entry, fact: PointsGiven) -> None:
    connection.raw.execute(
        "INSERT INTO counter (series, last) VALUES ('points', ?1) ON CONFLICT DO UPDATE SET last = last + ?1",
        (fact.points,),
    )


def main(path: Path, address: str, tickets: int) -> None:
    """Do a day's work of tomorrow."""
    database = open_database(path, CLOCK.new_id)
    executor = Executor(database, CLOCK)
    exchange.try_again(database.writer)
    if tickets:
        begin_shift(executor)
    for _ in range(tickets):
        sell(executor, "p1", "p2")
        with database.transaction(SYSTEM, CLOCK.now()) as transaction:
            transaction.record(PointsGiven("Frau Meier", POINTS_A_SALE))
    if tickets:
        held = CLOCK.new_id()
        with closing(database.reader()) as reader:
            must(executor, add(reader, held, "p3"), HoldSale(held, "Herr Weber"))
    with closing(reach(Service(address, SHOP.id), database.station.device, KeyRing(path.parent))) as line:
        take_turn(database, line, SHOP.id)
    points = database.writer.value("SELECT last FROM counter WHERE series = 'points'") or 0
    shown = {"points": points, "aside": len(exchange.set_aside(database.writer)), **figures(database.writer)}
    print(json.dumps(shown))  # noqa: T201 - it is asked what it shows


if __name__ == "__main__":
    scopes._OF_A_STORE.add("loyalty")
    if sys.argv[1].startswith("-"):
        sys.exit(omsdesk(sys.argv[1:]))
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
