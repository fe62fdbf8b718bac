"""Two tills and a service: what one tells, the other hears, whatever happens to lines and disks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from omsdesk.actions.writer import Writer
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.receipt_policy import Paper
from omsdesk.store import exchange, journal
from omsdesk.store.backup import backup, restore
from omsdesk.store.engine import Connection
from omsdesk.store.exchange import Mark
from omsdesk.store.journal import GENESIS
from omsdesk.store.queries import till as queries
from omsdesk.sync import pull, push
from omsdesk.sync import turn as turns
from omsdesk.sync.messages import Answer, Garbled, Heard, Run, Wanted
from omsdesk.sync.pull import Step, next_wish, steps, take_steps
from omsdesk.sync.push import NOTHING, Waiting, next_run, waiting
from omsdesk.sync.turn import Turn, Unreachable, take_turn
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import EAN
from tests.sync.stations import STORE, Cloud, Line, Member, a_shop

_Answer = TypeVar("_Answer")


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[Cloud]:
    made = Cloud(tmp_path / "cloud.db")
    yield made
    made.close()


@pytest.fixture
def tills(tmp_path: Path, cloud: Cloud) -> Iterator[list[Member]]:
    made = a_shop(tmp_path, cloud)
    yield made
    for member in made:
        member.close()


def price_at(member: Member) -> int | None:
    found = queries.product_by_barcode(member.database.writer, EAN, SHOP, "2026-06-01")
    return found.article.prices[0].price.minor if found else None


def test_a_new_station_hears_the_shop_its_people_and_its_products(tills: list[Member]) -> None:
    assert price_at(tills[1]) == 320
    assert queries.shop_of(tills[1].database.writer, "t2") == SHOP


def test_what_one_till_sells_the_other_knows(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    assert cloud.turn(tills[0]).told > 0
    assert cloud.turn(tills[1]).heard > 0
    assert sale in tills[1].sales()
    assert sale in tills[0].sales()


def test_when_there_is_no_news_nothing_is_said_twice(cloud: Cloud, tills: list[Member]) -> None:
    for member in tills * 2:
        cloud.turn(member)
    assert [cloud.turn(member) for member in tills] == [Turn(), Turn()]


def test_an_answer_that_got_lost_makes_no_second_sale(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    cloud.network.loses = 0.5
    for _ in range(40):
        cloud.try_turn(tills[0])
    cloud.network.loses = 0.0
    cloud.deliver_late()
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert tills[1].sales() == {sale}


def test_a_price_of_one_station_is_the_price_of_the_other(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].do(SaveProducts("later", (ProductEdit("coffee", price=gbp("3.50")),)))
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert price_at(tills[1]) == 350


def test_print_jobs_stay_with_their_till(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].sell("with-paper", paper=Paper.PRINT)
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    kinds = {kind for (kind,) in tills[1].database.writer.rows("SELECT DISTINCT kind FROM journal")}
    assert not {kind for kind in kinds if kind.startswith("print.")}


def test_a_till_that_was_put_back_finds_its_sales_again_and_loses_none(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    first = tills[0].sell_one()
    copy = tills[0].save(tmp_path / "copy.db")
    told = tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    tills[0] = tills[0].again(7, copy)
    after = tills[0].sell_one()
    turn = cloud.turn(tills[0])
    assert len(turn.forks) == 1
    assert tills[0].database.station.epoch == 2
    assert tills[0].sales() == {first, told, after}
    cloud.turn(tills[1])
    assert tills[1].sales() == {first, told, after}
    assert list(journal.broken_links(tills[0].database.writer)) == []
    assert exchange.set_aside(tills[1].database.writer) == []


# ---- two stations at one till, one after the other


def receipts(member: Member) -> list[str]:
    rows = member.database.writer.rows("SELECT number FROM sale WHERE till = 't1' AND number IS NOT NULL ORDER BY 1")
    return [number for (number,) in rows]


@pytest.fixture
def heir(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> Iterator[Member]:
    """A computer that took the place of the first one at its till, and sold there."""
    tills[0].sell_one()
    cloud.turn(tills[0])
    made = Member(tmp_path / "heir.db", 9)
    cloud.let_in(made)
    cloud.turn(made)
    made.database.become_till("t1")
    made.sell_one()
    yield made
    made.close()


def test_a_fork_begins_a_series_that_nobody_at_the_till_has_written_in(
    tmp_path: Path, cloud: Cloud, tills: list[Member], heir: Member
) -> None:
    assert receipts(heir) == ["1A-000001", "1B-000001"]
    copy = tills[0].save(tmp_path / "copy.db")
    for member in (heir, tills[0]):
        cloud.turn(member)
    tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    tills[0] = tills[0].again(7, copy)
    cloud.turn(tills[0])
    heir.sell_one()
    tills[0].sell_one()
    for member in (heir, tills[0], heir):
        cloud.turn(member)
    assert receipts(tills[0]) == receipts(heir)
    assert receipts(heir) == ["1A-000001", "1A-000002", "1B-000001", "1B-000002", "1C-000001"]


def test_a_shift_of_another_station_at_the_till_is_enough_to_keep_away_from_its_series(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    other = Member(tmp_path / "other.db", 9)
    cloud.let_in(other)
    cloud.turn(other)
    other.database.raise_epoch()
    other.stand_at("t1")
    cloud.turn(other)
    cloud.turn(tills[0])
    tills[0].database.raise_epoch()
    assert tills[0].database.station.epoch == 3, "the receipts of the second may be on their way"
    other.close()


def test_who_was_put_back_and_hears_of_the_other_only_then_leaves_its_series_before_it_writes_there(
    tmp_path: Path, cloud: Cloud, tills: list[Member], heir: Member
) -> None:
    cloud.turn(heir)
    copy = backup(tills[0].path, tmp_path / "copy.db").path
    tills[0].close()
    restore(copy, tills[0].path)
    tills[0] = tills[0].again(8)
    assert tills[0].database.station.epoch == 2, "of the other it has heard nothing"
    cloud.turn(tills[0])
    assert tills[0].database.station.epoch == 3
    tills[0].sell_one()
    heir.sell_one()
    for member in (heir, tills[0], heir):
        cloud.turn(member)
    assert receipts(tills[0]) == receipts(heir) == ["1A-000001", "1B-000001", "1B-000002", "1C-000001"]
    assert [cloud.turn(member) for member in (tills[0], heir)] == [Turn(), Turn()]
    assert (tills[0].database.station.epoch, heir.database.station.epoch) == (3, 2), "and there they stay"


def test_who_has_written_in_a_series_stays_in_it(cloud: Cloud, tills: list[Member]) -> None:
    for member in tills * 2:
        member.sell_one()
        cloud.turn(member)
    assert [member.database.station.epoch for member in tills] == [1, 1]


def test_a_till_that_was_restored_as_one_should_hears_what_its_disk_forgot(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    first = tills[0].sell_one()
    cloud.turn(tills[0])
    backup(tills[0].path, tmp_path / "backup.db")
    tills[0].sell("forgotten", paper=Paper.PRINT)
    told = tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    restore(tmp_path / "backup.db", tills[0].path)
    tills[0] = tills[0].again(7)
    after = tills[0].sell_one()
    for _ in range(2):
        assert cloud.turn(tills[0]).forks == (), "its epoch is a new one already"
    assert tills[0].sales() == {first, "forgotten", told, after}
    assert list(journal.broken_links(tills[0].database.writer)) == []
    cloud.turn(tills[1])
    assert tills[1].sales() == tills[0].sales()


def test_a_till_that_was_put_back_and_did_nothing_yet_begins_a_new_epoch_too(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    copy = tills[0].save(tmp_path / "copy.db")
    told = tills[0].sell_one()
    cloud.turn(tills[0])
    tills[0].close()
    tills[0] = tills[0].again(7, copy)
    assert [fork.moved for fork in cloud.turn(tills[0]).forks] == [0]
    assert tills[0].sales() == {told}, "and its next receipt is of a new series"
    assert tills[0].database.station.epoch == 2


def test_a_till_that_exists_twice_is_two_chains_and_every_sale_is_told_once(
    tmp_path: Path, cloud: Cloud, tills: list[Member]
) -> None:
    shared = tills[0].sell_one()
    twin = tills[0].again(9, tills[0].save(tmp_path / "twin.db"))
    sales = {shared, tills[0].sell_one(), twin.sell_one()}
    for member in (tills[0], twin, tills[0], twin, tills[1]):
        cloud.turn(member)
    assert tills[0].sales() == twin.sales() == tills[1].sales() == sales
    assert tills[0].database.station.epoch != twin.database.station.epoch
    twin.close()


def test_a_service_that_lost_its_last_minutes_is_told_again(tmp_path: Path, cloud: Cloud, tills: list[Member]) -> None:
    copy = cloud.save(tmp_path / "cloud-copy.db")
    sales = {tills[0].sell_one(), tills[1].sell_one()}
    for member in (*tills, *tills):
        cloud.turn(member)
    cloud.fall_back_to(copy)
    for member in (*tills, *tills):
        assert cloud.turn(member).forks == ()
    newcomer = Member(tmp_path / "new.db", 5)
    cloud.let_in(newcomer)
    cloud.turn(newcomer)
    assert newcomer.sales() == sales
    assert tills[0].sales() == sales
    newcomer.close()


def test_what_waits_is_counted_until_the_service_has_it(cloud: Cloud, tills: list[Member]) -> None:
    assert waiting(tills[0].database.writer).entries > 0, "the shift was opened"
    cloud.turn(tills[0])
    assert waiting(tills[0].database.writer) == Waiting()
    before = tills[0].clock.moment.utc_ms
    tills[0].sell_one()
    found = waiting(tills[0].database.writer)
    assert found.entries == journal.head(tills[0].database.writer, tills[0].database.station.device, 1).number - (
        exchange.acknowledged(tills[0].database.writer, 1)
    )
    assert before < found.since_ms <= tills[0].clock.moment.utc_ms


def test_a_run_is_no_larger_than_a_bad_line_takes_at_once(
    cloud: Cloud, tills: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.turn(tills[0])
    tills[0].sell_one()
    whole = next_run(tills[0].database.writer)
    monkeypatch.setattr(push, "MOST_BYTES", len(whole.entries[0].body) + 1)
    assert len(next_run(tills[0].database.writer).entries) == 1
    monkeypatch.setattr(push, "MOST_BYTES", 1)
    assert len(next_run(tills[0].database.writer).entries) == 1, "one goes however large it is"
    cloud.turn(tills[0])
    assert waiting(tills[0].database.writer) == Waiting()


def test_what_a_thread_reads_by_itself_is_what_the_writer_wrote(cloud: Cloud, tills: list[Member]) -> None:
    reader = tills[0].database.reader()
    sale = tills[0].sell_one()
    line = Line(cloud, tills[0].database.station.device)
    tasks: list[object] = []

    def write(task: Callable[[], _Answer]) -> _Answer:
        tasks.append(task)
        return task()

    assert take_turn(tills[0].database, line, STORE, write, reader).told > 0
    cloud.turn(tills[1])
    assert sale in tills[1].sales()
    tills[1].sell_one()
    cloud.turn(tills[1])
    assert take_turn(tills[0].database, line, STORE, write, reader).heard > 0
    assert len(tasks) >= 3
    assert take_turn(tills[0].database, line, STORE, write, reader) == Turn()
    reader.close()


@pytest.fixture
def news(cloud: Cloud, tills: list[Member]) -> tuple[Wanted, Heard, list[Step]]:
    """What the second till has not heard of the first one yet."""
    for _ in range(60):
        tills[0].sell_one()
    cloud.turn(tills[0])
    wanted = next_wish(tills[1].database.writer, STORE)
    heard = Line(cloud, tills[1].database.station.device).pull(wanted)
    return wanted, heard, steps(wanted, heard)


News = tuple[Wanted, Heard, list[Step]]


def test_steps_lead_from_one_place_to_the_next(cloud: Cloud, tills: list[Member], news: News) -> None:
    wanted, heard, found = news
    there = tills[1].database
    assert tuple(step.item for step in found) == heard.items
    assert [step.before for step in found[1:]] == [step.after for step in found[:-1]]
    assert found[-1].after == Mark(wanted.after + len(heard.items), heard.digest)
    assert take_steps(there, STORE, found[1:]) == (0, len(found) - 1), "their turn has not come"
    assert take_steps(there, STORE, found[:10]) == (10, 10)
    assert take_steps(there, STORE, found[:10]) == (0, 10), "another program of the station took them"
    assert take_steps(there, STORE, found[5:20]) == (10, 15), "or some of them"
    assert exchange.heard(there.writer, STORE) == found[19].after
    cloud.turn(tills[1])
    assert tills[1].sales() == tills[0].sales()


def test_another_program_of_the_station_does_not_wait_for_all_that_is_heard(
    tills: list[Member], news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, found = tills[1].database, news[2]
    monkeypatch.setattr(pull, "HOLD_SECONDS", 0.0)
    assert take_steps(there, STORE, found)[1] == 1
    assert exchange.heard(there.writer, STORE) == found[0].after
    monkeypatch.setattr(pull, "HOLD_SECONDS", 60.0)
    assert take_steps(there, STORE, found[1:])[1] == len(found) - 1
    assert exchange.heard(there.writer, STORE) == found[-1].after


def test_a_cashier_who_comes_meanwhile_waits_for_one_entry(
    tills: list[Member], news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, found = tills[1].database, news[2]
    monkeypatch.setattr(pull, "HOLD_SECONDS", 60.0)
    writer, promises = Writer(tills[1].executor), list[Future[str]]()
    take = pull._take

    def and_a_cashier_comes(connection: Connection, step: pull.Step) -> bool:
        if step is found[5]:
            promises.append(writer.run(tills[1].sell_one))
        return take(connection, step)

    monkeypatch.setattr(pull, "_take", and_a_cashier_comes)
    assert writer.run(partial(take_steps, there, STORE, found)).result(20) == (6, 6)
    assert promises[0].result(20) in tills[1].sales()
    assert writer.run(partial(take_steps, there, STORE, found[6:])).result(20)[1] == len(found) - 6
    writer.close()


def test_the_next_part_is_asked_for_while_one_is_taken(
    cloud: Cloud, tills: list[Member], news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = list[str]()

    def next_wish_of_few(reader: Connection, scope: str) -> Wanted:
        return replace(next_wish(reader, scope), most=100)

    class Told(Line):
        def pull(self, wanted: Wanted) -> Heard:
            happened.append(f"asked {wanted.scope} after {wanted.after}")
            return super().pull(wanted)

    def write(task: Callable[[], _Answer]) -> _Answer:
        happened.append("written")
        return task()

    def at_once(question: Callable[[], _Answer]) -> Callable[[], _Answer]:
        answer = question()
        return lambda: answer

    monkeypatch.setattr(turns, "next_wish", next_wish_of_few)
    monkeypatch.setattr(pull, "HOLD_SECONDS", 60.0)
    there, wanted = tills[1].database, news[0]
    take_turn(there, Told(cloud, there.station.device), STORE, write, ahead=at_once)
    first = happened.index(f"asked {STORE} after {wanted.after}")
    assert happened[first : first + 5] == [
        f"asked {STORE} after {wanted.after}",
        f"asked {STORE} after {wanted.after + 100}",
        "written",
        f"asked {STORE} after {wanted.after + 200}",
        "written",
    ]
    assert tills[1].sales() == tills[0].sales()


def test_one_wrong_hash_and_nothing_of_it_is_taken(cloud: Cloud, tills: list[Member]) -> None:
    tills[0].sell_one()
    cloud.turn(tills[0])
    wanted = next_wish(tills[1].database.writer, STORE)
    heard = Line(cloud, tills[1].database.station.device).pull(wanted)
    last = heard.items[-1]
    assert last.entry is not None
    forged = replace(last, entry=last.entry._replace(actor="eve"))
    with pytest.raises(Garbled, match="not what was written"):
        steps(wanted, replace(heard, items=(*heard.items[:-1], forged)))
    with pytest.raises(Garbled, match="does not lead to the digest"):
        steps(wanted, replace(heard, items=heard.items[:-1]))


class Liar(Line):
    """A service that answers anything."""

    def __init__(self, cloud: Cloud, device: str, *, answer: Answer | None = None, heard: Heard | None = None) -> None:
        super().__init__(cloud, device)
        self.answer, self.heard = answer, heard

    def push(self, run: Run) -> Answer:
        return self.answer or super().push(run)

    def pull(self, wanted: Wanted) -> Heard:
        return self.heard or super().pull(wanted)


@pytest.mark.parametrize(
    "lie",
    [
        {"answer": Answer(1, NOTHING, ())},
        {"answer": Answer(9, NOTHING, ((9, GENESIS),))},
        {"heard": Heard(is_rewound=True)},
        {"heard": Heard(digest=b"x" * 32, high=9)},
    ],
)
def test_a_service_that_answers_anything_is_not_asked_for_ever(
    cloud: Cloud, tills: list[Member], lie: dict[str, Any]
) -> None:
    tills[0].sell_one()
    with pytest.raises(Garbled):
        take_turn(tills[0].database, Liar(cloud, tills[0].database.station.device, **lie), STORE)
    cloud.turn(tills[0])


def test_a_line_that_is_down_says_so_and_loses_nothing(cloud: Cloud, tills: list[Member]) -> None:
    sale = tills[0].sell_one()
    cloud.network.loses = 1.0
    with pytest.raises(Unreachable):
        cloud.turn(tills[0])
    assert sale in tills[0].sales()
    cloud.network.loses = 0.0
    cloud.turn(tills[0])
    cloud.turn(tills[1])
    assert sale in tills[1].sales()
