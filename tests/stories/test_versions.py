"""Programs of several versions work in one business: nothing is lost, and what one does not know yet waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from omsdesk.actions.execute import Done, Executor
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.sale_command import RecallSale
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.store import exchange
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as till_queries
from omsdesk.store.replay import rebuild
from omsdesk.store.verify import verify
from omsdesk.sync.push import waiting
from omsdesk.sync.turn import Turn
from tests.stories.service_process import ENVIRONMENT, ROOT, ServiceProcess, serving
from tests.stories.shop_floor import CLOCK, SHOP, begin_shift, must, open_station, sell
from tests.stories.shop_of_old import figures, figures_of, open_shop_of, shops

POINTS_A_SALE, TICKETS = 5, 3


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ServiceProcess]:
    with serving(tmp_path / "service", str(tmp_path / "service" / "service.db"), SHOP.id) as made:
        yield made


def a_station(folder: Path, service: ServiceProcess) -> Database:
    """A new computer, let in, that has heard everything."""
    folder.mkdir()
    database = open_database(folder / "shop.db", CLOCK.new_id)
    service.let_in(database)
    service.turn(database)
    return database


def tomorrow(database: Path, service: ServiceProcess, tickets: int = 0) -> dict[str, Any]:
    """Start a station's database with the next version of the program; gives what it shows."""
    command = [sys.executable, "-m", "tests.stories.program_of_tomorrow", str(database), service.address, str(tickets)]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE)
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


# ---- what an older version wrote


@pytest.mark.parametrize("release", shops())
def test_a_shop_of_an_older_version_opens_as_it_was(release: str, tmp_path: Path) -> None:
    with closing(open_shop_of(release, tmp_path)) as database:
        assert json.loads(json.dumps(figures(database.writer))) == figures_of(release)
        assert verify(database.path).sentences == ()
        rebuild(database)
        assert json.loads(json.dumps(figures(database.writer))) == figures_of(release)


@pytest.mark.parametrize("release", shops())
def test_a_shop_of_an_older_version_joins_the_service_and_a_new_till_shows_all_of_it(
    release: str, service: ServiceProcess, tmp_path: Path
) -> None:
    (tmp_path / "old").mkdir()
    with closing(open_shop_of(release, tmp_path / "old")) as old:
        service.let_in(old)
        assert service.turn(old).told
        with closing(a_station(tmp_path / "new", service)) as new:
            assert json.loads(json.dumps(figures(new.writer))) == figures_of(release)
            assert exchange.set_aside(new.writer) == []


# ---- what a newer version writes


def test_what_the_next_version_says_waits_until_this_one_is_updated(service: ServiceProcess, tmp_path: Path) -> None:
    (tmp_path / "today").mkdir()
    today = open_station(tmp_path / "today" / "shop.db")
    begin_shift(today)
    must(today, SaveTill(Till("t2", SHOP.id, "2", "Kasse 2")))
    service.let_in(today.database)
    service.turn(today.database)
    with closing(a_station(tmp_path / "ahead", service)) as ahead:
        ahead.become_till("t2")
    shown = tomorrow(ahead.path, service, TICKETS)
    assert (shown["points"], shown["aside"]) == (TICKETS * POINTS_A_SALE, 0)

    service.turn(today.database)
    aside = exchange.set_aside(today.database.writer)
    assert aside
    assert all("update" in reason for _, reason in aside), "what is not understood is kept, with what to do"
    refuses_politely(today)
    goes_on_selling(today, service)
    assert verify(today.database.path).sentences == ()
    rebuild(today.database)
    assert len(exchange.set_aside(today.database.writer)) == len(aside)

    behind = tomorrow(ahead.path, service)
    today.database.close()
    path = tmp_path / "today" / "shop.db"
    updated = tomorrow(path, service)
    assert updated == {**behind, "points": 0}, "the update puts into the tables what had waited"
    assert updated["aside"] == 0

    service.kill()
    service.start("tests.stories.program_of_tomorrow")
    end = time.monotonic() + 20
    while updated != behind and time.monotonic() < end:
        updated = tomorrow(path, service)
    assert updated == behind, "and that of the service tells what it did not understand"
    assert updated["points"] == TICKETS * POINTS_A_SALE


def refuses_politely(today: Executor) -> None:
    """A ticket that a newer till holds is not taken up with lines that this one cannot read."""
    waiting_for_herr_weber = till_queries.held_sales(today.database.writer)
    assert waiting_for_herr_weber
    for held in waiting_for_herr_weber:
        assert till_queries.sale_state(today.database.writer, held.sale) is None
        outcome = today.execute(SYSTEM, RecallSale(held.sale))
        assert not isinstance(outcome, Done)
        assert "update" in outcome.sentence.lower()


def goes_on_selling(today: Executor, service: ServiceProcess) -> None:
    sell(today, "p1")
    service.turn(today.database)
    assert waiting(today.database.writer).entries == 0
    assert service.turn(today.database) == Turn()
