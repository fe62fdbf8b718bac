"""Copies of the service's tables are what a new or broken till starts with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.server.embedded import run_now
from omsdesk.server.replicas import Replicas, newest_snapshot
from omsdesk.server.snapshots import PIECE, NoCopy, Snapshots
from omsdesk.server.storage import Busy
from omsdesk.store import exchange, journal
from omsdesk.store.conversion import convert
from omsdesk.store.database import open_database
from omsdesk.store.encryption import key_name, new_key, use
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries.till import station
from omsdesk.store.take_over import take_over
from omsdesk.sync import snapshot
from omsdesk.sync.messages import CodeWish, Enrolment, Garbled, Part, PartWish
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.snapshot import start_with_copy
from omsdesk.sync.turn import Turn, Unreachable
from tests.store.encrypted import no_keys, says
from tests.sync.stations import STORE, Cloud, Member

_Answer = TypeVar("_Answer")


class Copies:
    """Pieces of a copy as the service gives them, over a line that can break."""

    def __init__(self, folder: Path, tenant: str, store: str = STORE) -> None:
        self.snapshots, self.tenant, self.store = Snapshots(folder), tenant, store
        self.asked: list[PartWish] = []
        self.breaks_after = 1_000

    def part(self, wish: PartWish) -> Part:
        self.asked.append(wish)
        if len(self.asked) > self.breaks_after:
            raise Unreachable("the line broke off")
        found = newest_snapshot(self.snapshots._folder or Path(), self.tenant, self.store)
        if found is None:
            raise Busy("not yet")
        # Small pieces, so that there are many.
        piece = max(4096, found.size // 7)
        offset = wish.offset if wish.copy == found.digest else 0
        return Part(found.digest, found.size, offset, found.path.read_bytes()[offset : offset + piece])


def nothing(done: int, size: int) -> None:
    """Nobody looks at the progress."""


# ---- copies for new stations


def a_new_member(tmp_path: Path, cloud: Cloud, name: str = "new") -> Member:
    (tmp_path / name).mkdir()
    member = Member(tmp_path / name / "shop.db", 5)
    cloud.let_in(member)
    return member


def test_a_new_till_starts_with_a_copy_and_hears_only_what_came_since(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    before = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.snapshot(cloud.tenant, STORE)
    since = tills[0].sell_one()
    cloud.turn(tills[0])
    new = a_new_member(tmp_path, cloud)
    device = new.database.station.device
    assert start_with_copy(new.database, Copies(tmp_path / "tables", cloud.tenant), lambda task: task(), nothing)
    assert new.sales() == {before}
    assert new.database.station.device == device
    turn = cloud.turn(new)
    assert 0 < turn.heard < 20
    assert new.sales() == {before, since}
    assert list(journal.broken_links(new.database.writer)) == []
    new.database.become_till("t2")
    own = new.sell_one()
    assert cloud.turn(new).forks == ()
    cloud.turn(tills[0])
    assert own in tills[0].sales()
    assert sorted(path.name for path in (tmp_path / "new").iterdir() if "copy" in path.name) == []
    new.close()


def test_a_broken_till_is_itself_again_and_writes_in_a_new_epoch(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    sale = tills[0].sell_one()
    cloud.turn(tills[0])
    replicas.snapshot(cloud.tenant, STORE)
    lost = tills[0].database.station
    (tmp_path / "again").mkdir()
    again = Member(tmp_path / "again" / "shop.db", 5)
    code = run_now(cloud.registrar.make_code(cloud.tenant, CodeWish(STORE, device=lost.device)))
    newcomer = Enrolment(code, again.database.station.device, b"n" * 32, is_fresh=True)
    let_in = run_now(cloud.registrar.enrol(newcomer))
    assert let_in.device == lost.device
    again.database.become_device(let_in.device, let_in.epoch)
    assert start_with_copy(again.database, Copies(tmp_path / "tables", cloud.tenant), lambda task: task(), nothing)
    assert again.sales() == {sale}
    assert (again.database.station.device, again.database.station.epoch) == (lost.device, lost.epoch + 1)
    again.database.become_till("t1")
    fresh = again.sell_one()
    assert cloud.turn(again).forks == ()
    assert cloud.turn(again) == Turn()
    cloud.turn(tills[1])
    assert tills[1].sales() == {sale, fresh}
    assert list(journal.broken_links(again.database.writer)) == []
    again.close()


def test_a_copy_that_was_broken_off_goes_on_where_it_was(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    made = replicas.snapshot(cloud.tenant, STORE)
    new = a_new_member(tmp_path, cloud)
    copies = Copies(tmp_path / "tables", cloud.tenant)
    copies.breaks_after = 4
    with pytest.raises(Unreachable):
        start_with_copy(new.database, copies, lambda task: task(), nothing)
    copies.breaks_after = 1_000
    assert start_with_copy(new.database, copies, lambda task: task(), nothing)
    assert copies.asked[5].offset > made.size // 3
    cloud.turn(new)
    assert cloud.turn(new) == Turn()
    new.close()


def test_a_copy_that_is_not_what_was_made_is_thrown_away(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    made = replicas.snapshot(cloud.tenant, STORE)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    new = a_new_member(tmp_path, cloud)
    with pytest.raises(Garbled):
        start_with_copy(new.database, Copies(tmp_path / "tables", cloud.tenant), lambda task: task(), nothing)
    assert new.sales() == set()
    cloud.turn(new)
    assert exchange.heard(new.database.writer, "").number > 0, "it hears everything instead"
    new.close()


def test_who_has_written_or_heard_something_starts_with_no_copy(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    replicas.snapshot(cloud.tenant, STORE)
    sale = tills[1].sell_one()
    copies = Copies(tmp_path / "tables", cloud.tenant)
    assert not start_with_copy(tills[1].database, copies, lambda task: task(), nothing)
    assert sale in tills[1].sales()
    assert copies.asked == []


def test_a_copy_of_another_version_is_left_alone(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    replicas.snapshot(cloud.tenant, STORE)
    new = a_new_member(tmp_path, cloud)
    monkeypatch.setattr("omsdesk.store.take_over.NEWEST", "9999")
    with pytest.raises(StoreFailure, match="another shape"):
        start_with_copy(new.database, Copies(tmp_path / "tables", cloud.tenant), lambda task: task(), nothing)
    assert station(new.database.writer) == new.database.station
    new.close()


def test_the_service_gives_pieces_and_says_when_there_is_none(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    async def ask(wish: PartWish, folder: Path | None = tmp_path / "tables") -> Part:
        snapshots = Snapshots(folder)
        snapshots.order = lambda tenant, store: ordered.append((tenant, store))
        return await snapshots.part(cloud.tenant, STORE, wish)

    ordered = list[tuple[str, str]]()
    with pytest.raises(Busy, match="being made"):
        asyncio.run(ask(PartWish()))
    with pytest.raises(NoCopy):
        asyncio.run(ask(PartWish(), None))
    assert ordered == [(cloud.tenant, STORE)]
    made = replicas.snapshot(cloud.tenant, STORE)
    content, wish = b"", PartWish()
    while len(content) < made.size:
        part = asyncio.run(ask(wish))
        assert len(part.content) <= PIECE
        content += part.content
        wish = PartWish(part.copy, len(content))
    assert content == made.path.read_bytes()
    assert asyncio.run(ask(PartWish("0" * 64, 100))).offset == 0, "another copy begins at its beginning"


def test_a_copy_is_made_anew_when_much_has_happened_since(
    cloud: Cloud, tills: list[Member], replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = replicas.snapshot(cloud.tenant, STORE)
    tills[0].sell_one()
    cloud.turn(tills[0])
    assert replicas.snapshot(cloud.tenant, STORE) == first
    monkeypatch.setattr("omsdesk.server.replicas._STALE_AFTER", 2)
    second = replicas.snapshot(cloud.tenant, STORE)
    assert second.digest != first.digest
    assert not first.path.exists()


def test_a_copy_for_a_head_office_is_made_anew_when_much_has_happened_in_any_store(
    cloud: Cloud, tills: list[Member], replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omsdesk.server.replicas._STALE_AFTER", 2)
    first = replicas.snapshot(cloud.tenant, HEAD_OFFICE)
    assert replicas.snapshot(cloud.tenant, HEAD_OFFICE) == first
    tills[0].sell_one()
    cloud.turn(tills[0])
    assert replicas.snapshot(cloud.tenant, HEAD_OFFICE).digest != first.digest


def test_what_was_written_while_the_copy_came_is_never_lost(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas
) -> None:
    replicas.snapshot(cloud.tenant, STORE)
    new = a_new_member(tmp_path, cloud)

    def write_meanwhile(done: int, size: int) -> None:
        if done == size:
            new.do(SaveProducts("own", (ProductEdit("own", name="My own", tax_category="standard"),)))

    copies = Copies(tmp_path / "tables", cloud.tenant)
    assert not start_with_copy(new.database, copies, lambda task: task(), write_meanwhile)
    assert new.database.writer.value("SELECT name FROM product WHERE id = 'own'") == "My own"
    assert [path.name for path in (tmp_path / "new").iterdir() if "copy" in path.name] == []
    new.close()


# ---- the same under a key


@pytest.fixture
def new(tmp_path: Path, cloud: Cloud) -> Iterator[Member]:
    """A new station whose database is encrypted."""
    (tmp_path / "new").mkdir()
    path = tmp_path / "new" / "shop.db"
    open_database(path, lambda: "encrypted").close()
    with no_keys():
        key = new_key()
        use(key)
        convert(path, key)
        made = Member(path, 5)
        cloud.let_in(made)
        yield made
        made.close()


WORDS = (b"Coffee", b"SQLite format 3")


@pytest.mark.parametrize("is_memory_full", [False, True])
def test_an_encrypted_station_starts_with_a_copy_and_nobody_else_reads_it(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, new: Member,
    monkeypatch: pytest.MonkeyPatch, is_memory_full: bool,
) -> None:  # fmt: skip
    before = tills[0].sell_one()
    cloud.turn(tills[0])
    made = replicas.snapshot(cloud.tenant, STORE)
    assert says(made.path.parent, WORDS), "they are what the copy says"
    if is_memory_full:
        monkeypatch.setattr(snapshot, "_MEMORY", tmp_path / "nowhere")
    taken = list[Path]()

    def look(done: int, size: int) -> None:
        assert says(tmp_path / "new", WORDS) == []

    def write(task: Callable[[], _Answer]) -> _Answer:
        answer = task()
        if isinstance(task, partial) and task.func is take_over:
            taken.append(task.args[1])
        return answer

    assert start_with_copy(new.database, Copies(tmp_path / "tables", cloud.tenant), write, look)
    assert (taken[0].is_relative_to(tmp_path), taken[0].exists()) == (is_memory_full, False)
    assert not taken[0].parent.exists()
    assert new.sales() == {before}
    assert says(tmp_path / "new", WORDS) == []
    assert sorted(path.name for path in (tmp_path / "new").iterdir() if "copy" in path.name) == []
    assert new.database.station.device == "encrypted"
    since = tills[0].sell_one()
    cloud.turn(tills[0])
    assert 0 < cloud.turn(new).heard < 20
    new.database.become_till("t2")
    own = new.sell_one()
    assert cloud.turn(new).forks == ()
    assert new.sales() == {before, since, own}
    assert list(journal.broken_links(new.database.writer)) == []
    new.close()
    assert key_name(new.path)
    assert new.again(6).sales() == {before, since, own}


def test_an_encrypted_station_goes_on_where_its_copy_was_broken_off(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, new: Member
) -> None:
    replicas.snapshot(cloud.tenant, STORE)
    copies = Copies(tmp_path / "tables", cloud.tenant)
    copies.breaks_after = 4
    with pytest.raises(Unreachable):
        start_with_copy(new.database, copies, lambda task: task(), nothing)
    assert says(tmp_path / "new", WORDS) == []
    copies.breaks_after = 1_000
    assert start_with_copy(new.database, copies, lambda task: task(), nothing)
    assert copies.asked[5].offset > 0
    assert cloud.turn(new).heard == 0


def test_what_was_fetched_without_a_key_or_under_another_is_fetched_again(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, new: Member
) -> None:
    replicas.snapshot(cloud.tenant, STORE)
    copies = Copies(tmp_path / "tables", cloud.tenant)
    copies.breaks_after = 4
    for key in (None, new_key()):
        copies.asked.clear()
        with pytest.raises(Unreachable):
            snapshot.fetch(copies, snapshot.Fetched(tmp_path / "new", key), nothing)
    copies.asked.clear()
    copies.breaks_after = 1_000
    assert start_with_copy(new.database, copies, lambda task: task(), nothing)
    assert copies.asked[0] == PartWish()


def test_what_a_power_cut_left_of_a_copy_is_taken_away(
    tmp_path: Path, cloud: Cloud, tills: list[Member], replicas: Replicas, new: Member
) -> None:
    left = tmp_path / "new" / "omsdesk-copy-1"
    left.mkdir()
    (left / "copy.plain").write_bytes(b"Coffee" * 1000)
    cloud.turn(new)
    assert not start_with_copy(new.database, Copies(tmp_path / "tables", cloud.tenant), lambda task: task(), nothing)
    assert not left.exists()
