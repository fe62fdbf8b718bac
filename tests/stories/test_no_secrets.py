"""Nothing that a thief could use lies where others can read it: databases, logs, messages and every file but the key's.

A shop does what shops do, with cards, PINs, codes and keys; then everything that it left behind is looked through.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.actions.people import hash_pin, knows_pin
from omsdesk.actions.writer import Writer
from omsdesk.database_key import Terminal, encrypt, rows_of, secret_of
from omsdesk.domain.people import Person, Role, SavePerson, SignIn
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.settings import Service, Settings, load, save
from omsdesk.store.backup import backup
from omsdesk.store.database import Database
from omsdesk.store.encryption import DatabaseKey, forget_keys, key_name
from omsdesk.store.engine import Connection, open_reader
from omsdesk.sync.courier import Courier
from omsdesk.sync.enrolment import Invitation, enrol, reach
from omsdesk.sync.failures import Refused
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.lines import Lines
from omsdesk.sync.messages import CodeWish
from omsdesk.sync.state import Phase
from tests.domain.corner_shop import CARD, CASH
from tests.patience import eventually
from tests.postgres import running
from tests.secrets import (
    Secret,
    Text,
    code,
    in_database,
    in_folder,
    in_rows,
    is_card,
    is_luhn,
    key,
    numbers_of,
    pin,
    recovery_key,
    scan,
    signature,
)
from tests.stories.service_process import ServiceProcess, serving
from tests.stories.synced_till_process import HASTY
from tests.sync.stations import Member

PINS = {"olga": "48205917", "max": "730164", "cara": "9046"}
WRONG_PIN = "61850372"
VISA, MASTERCARD, AMEX = "4111111111111111", "5555555555554444", "378282246310005"

# ---- what the scanner finds


@pytest.mark.parametrize(
    "text",
    [
        VISA, MASTERCARD, AMEX, "4222222222222", "6011000990139424", "3530111333300000", "30569309025904",
        "4111 1111 1111 1111", "5555-5555-5555-4444", "3782 822463 10005",
        "card4111111111111111ok", "[4111111111111111]",
        "00004111111111111111"[1:], '{"note":"4111111111111111"}', "2223000048400011", "6304000000000000",
    ],
)  # fmt: skip
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    assert [finding.what for finding in scan([Text("somewhere", text.encode())])] == ["a card number"]


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112", "41111111111111111111", "1790000000000", "1795435200003", "9999999999999995",
        "41111111-1111-1111-8111-111111111111", "ab" * 8 + VISA + "ab" * 16, "4111 1111-1111 1111",
        "2026-11-23 12:00:00",
        "411111111111", "04006381333931",
    ],
)  # fmt: skip
def test_what_is_no_card_number_is_left_alone(text: str) -> None:
    assert scan([Text("somewhere", text.encode())]) == []


def test_a_barcode_that_the_shop_knows_is_no_card_and_one_that_it_does_not_know_is() -> None:
    barcode = next(number for number in map(str, range(4_006_381_000_000, 4_006_382_000_000)) if is_card(number))
    text = Text("product", f'"{barcode}","{barcode.zfill(14)}"'.encode())
    assert scan([text], known=[barcode]) == []
    assert len(scan([text])) == 2


@given(st.integers(10**11, 10**17))
def test_each_wrong_digit_of_a_card_number_is_noticed(body: int) -> None:
    valid = [digit for digit in "0123456789" if is_luhn(f"{body}{digit}")]
    assert len(valid) == 1
    number = f"{body}{valid[0]}"
    at = body % len(number)
    other = str((int(number[at]) + 1) % 10)
    assert not is_luhn(number[:at] + other + number[at + 1 :])


SECRET = bytes(range(100, 132))


@pytest.mark.parametrize(
    ("secret", "planted"),
    [
        (key(SECRET), b"..." + SECRET + b"..."),
        (key(SECRET), b"key=" + SECRET.hex().encode()),
        (key(SECRET), SECRET.hex().upper().encode()),
        (key(SECRET), b"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoM="),
        (key(SECRET), b"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoM"),
        (key(SECRET), b"MRSW-MZ3I-NFVG-W3DN-NZXX-A4LS-ON2H-K5TX-PB4X-U634-PV7H-7AEB-QKBQ"),
        (recovery_key(SECRET), rows_of(DatabaseKey(SECRET))[3].encode()),
        (recovery_key(SECRET), b"x'" + SECRET.hex().encode()),
        (code("7KQ39F2MXA4T"), b"no code 7KQ39F2MXA4T"),
        (code("7KQ39F2MXA4T"), b"https://desk.example#7kq3-9f2m-xa4t"),
        (pin("9046"), b'["cara", 9046]'),
        (pin("9046"), b"wrong PIN: 9046"),
        (signature("station=:c2lnbmF0dXJlIG9mIGEgc3RhdGlvbg==:"), b"c2lnbmF0dXJlIG9mIGEgc3RhdGlvbg"),
    ],
)
def test_a_planted_secret_is_found_in_each_of_its_forms(secret: Secret, planted: bytes) -> None:
    assert secret.what in {finding.what for finding in scan([Text("somewhere", planted)], [secret])}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "signature: station=:" + "ab12" * 22 + "==:",
        "the code is 7KQ3-9F2M-XA4T",
        '{"pin": "4711"}',
        "%B4111111111111111^OWNER/OLGA^2912",
        ";4111111111111112=29121010000",
    ],
)
def test_a_secret_that_nobody_named_is_known_by_its_shape(text: str) -> None:
    assert scan([Text("somewhere", text.encode())]) != []


def test_a_pin_is_no_part_of_a_larger_number() -> None:
    assert scan([Text("sale", b"119046 90461 9046.50 a9046 12-9046")], [pin("9046")]) == []


def test_every_corner_of_a_database_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "planted.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE note (text TEXT, packed BLOB, number INTEGER)")
    packed = zlib.compress(b'{"note":"' + MASTERCARD.encode() + b'"}')
    raw.execute("INSERT INTO note VALUES (?, ?, ?)", [f"paid with {VISA}", packed, int(AMEX)])
    raw.commit()
    assert sorted(found.where for found in scan(in_database(Connection(raw)))) == [
        "note.number",
        "note.packed",
        "note.text",
    ]
    raw.execute("PRAGMA secure_delete=OFF")
    raw.execute("DELETE FROM note")
    raw.commit()
    raw.close()
    assert scan(in_folder(tmp_path)) != [], "a deleted row is still on the disk"


# ---- a shop at work


@dataclass
class Overheard:
    """Everything that stations sent, unpacked, and the secrets that went with it."""

    bodies: list[Text] = field(default_factory=list)
    signatures: set[str] = field(default_factory=set)

    def take(self, target: str, fields: dict[str, str], body: bytes) -> None:
        plain = zlib.decompress(body) if fields.get("content-encoding") == "deflate" else body
        self.signatures.add(fields["signature"])
        if not target.endswith("/enrolments"):
            # A code has to be told once, and that is where.
            self.bodies.append(Text(f"body of {target}", plain))


@pytest.fixture
def overheard(monkeypatch: pytest.MonkeyPatch) -> Overheard:
    """Listen to what is sent; it is sent all the same."""
    heard, send = Overheard(), Lines.send

    def listen(lines: Lines, method: str, target: str, fields: dict[str, str], body: bytes, seconds: float) -> Any:
        heard.take(target, fields, body)
        return send(lines, method, target, fields, body, seconds)

    monkeypatch.setattr(Lines, "send", listen)
    return heard


@pytest.fixture(params=["file", "postgres"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ServiceProcess]:
    if request.param == "file":
        with serving(tmp_path / "service", str(tmp_path / "service" / "service.db"), "s1") as made:
            yield made
    else:
        with running() as postgres, serving(tmp_path / "service", postgres.new_database("searched"), "s1") as made:
            yield made


@dataclass
class Shop:
    """Two stations and their service, and the secrets that are among them."""

    folder: Path
    service: ServiceProcess
    secrets: list[Secret] = field(default_factory=list)

    def open(self, till: str, number: int) -> Member:
        path = self.folder / till / "shop.db"
        path.parent.mkdir(exist_ok=True)
        return Member(path, number)

    def let_in(self, database: Database, plain: str) -> None:
        """Enrol a station as its screen does, its settings and key included."""
        folder = database.path.parent
        keys, settings = KeyRing(folder), load(folder)
        invitation = Invitation(self.service.address, plain, name="Till")

        def keep(found: Service) -> None:
            save(Settings(**{**vars_of(settings), "service": found}))

        enrol(database, keys, invitation, keep, lambda task: task())
        made = keys.find(database.station.device)
        assert made is not None
        self.secrets += [key(made.secret, "the key of a station"), code(plain)]


def vars_of(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def a_days_work(shop: Shop) -> None:
    """Let two stations in, people work with their PINs, customers pay; some of it goes wrong."""
    first, second = shop.open("t1", 1), shop.open("t2", 2)
    shop.let_in(first.database, shop.service.new_code())
    first.set_up()
    hashes = {person: hash_pin(digits) for person, digits in PINS.items()}
    roles = {"olga": Role.OWNER, "max": Role.MANAGER, "cara": Role.CASHIER}
    first.do(*(SavePerson(Person(name, name.title(), role, hashes[name])) for name, role in roles.items()))
    people = {name: Person(name, name.title(), role, hashes[name]) for name, role in roles.items()}
    assert knows_pin(people["cara"], PINS["cara"])
    assert not knows_pin(people["cara"], WRONG_PIN)
    first.do(SignIn("t1", "cara"))
    shop.service.turn(first.database)
    with closing(
        reach(Service(shop.service.address, "s1"), first.database.station.device, KeyRing(shop.folder / "t1"))
    ) as line:
        shop.let_in(second.database, line.make_code(CodeWish("s1", "t2", made_by="max")).code.replace("-", ""))
        with pytest.raises(Refused):
            shop.let_in(shop.open("t3", 3).database, "WR0NGC0DE777")
        shop.secrets.append(code("WR0NGC0DE777"))
        assert line.devices().devices
    shop.service.turn(second.database)
    for member, till in ((first, "t1"), (second, "t2")):
        sell_with_the_courier(shop, member, till)
    for member in (first, second):
        shop.service.turn(member.database)
        backup(member.path, member.path.with_name("backup.db"))
        member.close()


def sell_with_the_courier(shop: Shop, member: Member, till: str) -> None:
    member.stand_at(till)
    writer, database = Writer(member.executor), member.database
    service, keys = Service(shop.service.address, "s1"), KeyRing(member.path.parent)
    courier = Courier(
        database, "s1", lambda: reach(service, database.station.device, keys), writer.run, lambda _: None, pace=HASTY
    )
    courier.start()
    for number in range(12):
        sale = member.clock.new_id()
        writer.run(lambda sale=sale: member.do(member.add(sale), member.add(sale, "tea"))).result()  # type: ignore[misc]
        way = CARD if number % 2 else CASH
        writer.run(
            lambda sale=sale, way=way: member.do(member.pay(sale, method=way), CompleteSale(sale, Paper.PRINT))  # type: ignore[misc]
        ).result()
    courier.sync_now()
    assert eventually(lambda: courier.state.phase is Phase.IDLE and not courier.state.waiting)
    courier.stop()
    writer.close()


def left_behind(shop: Shop) -> Iterator[Text]:
    """Give every text that a shop left anywhere, but the keys in the files that hold them."""
    yield from in_folder(shop.folder, but="*.key")
    for till in ("t1", "t2"):
        for name in ("shop.db", "backup.db"):
            with closing(open_reader(shop.folder / till / name)) as reader:
                yield from in_database(reader)
    for table in ("directory", "tenant", "device", "code", "chain", "entry", "feed", "held"):
        yield from in_rows(f"service {table}", map(str, range(100)), shop.service.rows(f"SELECT * FROM {table}"))  # noqa: S608


def requests_in(log: Path) -> set[str]:
    """Name the requests that the service answered, by the numbers that it gave them."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return {line["request"] for line in lines if line["message"] == "answered"}


def test_a_days_work_leaves_no_secret_anywhere(
    tmp_path: Path, service: ServiceProcess, overheard: Overheard, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    shop = Shop(tmp_path, service)
    a_days_work(shop)
    secrets = [*shop.secrets, *map(pin, [*PINS.values(), WRONG_PIN]), *map(signature, overheard.signatures)]
    assert len(secrets) > 20
    with closing(open_reader(tmp_path / "t1" / "shop.db")) as reader:
        known = set(numbers_of(reader)) | requests_in(service.log)
    texts = [*left_behind(shop), *overheard.bodies, Text("the log of the tills", caplog.text.encode())]
    assert {"body of /v1/runs", "journal.body", "t1/shop.db", "service/log", "service entry.11"} <= {
        text.where for text in texts
    }
    assert scan(texts, secrets, known) == []


def test_an_encrypted_shop_leaves_its_recovery_key_on_the_sheet_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path, sheet = tmp_path / "t1" / "shop.db", tmp_path / "sheet.txt"
    path.parent.mkdir()
    member = Member(path, 1)
    member.set_up()
    member.close()
    said = "\n".join(encrypt(path, path.parent, Terminal(str, has_person=False), sheet))
    name = key_name(path)
    assert name is not None
    secret = secret_of(path.parent, path, name)
    assert secret is not None
    try:
        member = Member(path, 2)
        member.stand_at("t1")
        member.sell_one()
        backup(path, path.with_name("backup.db"))
        values = [*in_database(member.database.writer)]
        known = set(numbers_of(member.database.writer))
        member.close()
    finally:
        forget_keys()
    texts = [
        *in_folder(path.parent, but="*.key"),
        *values,
        Text("said", said.encode()),
        Text("log", caplog.text.encode()),
    ]
    assert scan(texts, [recovery_key(secret)], known) == []
    assert scan([Text("sheet", sheet.read_bytes())], [recovery_key(secret)]) != []
    assert scan(in_folder(path.parent), [recovery_key(secret)]) != [], "the file that keeps it"


def test_the_search_itself_would_notice_a_secret_that_was_left(tmp_path: Path) -> None:
    member = Member(tmp_path / "shop.db", 1)
    member.set_up()
    member.do(SavePerson(Person("visa", f"Mr {VISA}", Role.CASHIER, PINS["max"])))
    secrets = [pin(PINS["max"])]
    assert {finding.what for finding in scan(in_database(member.database.writer), secrets)} == {
        "a PIN",
        "a card number",
    }
    member.close()
    assert {finding.where for finding in scan(in_folder(tmp_path))} >= {"shop.db"}
