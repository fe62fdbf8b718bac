"""A station comes, exchanges, goes offline, and leaves: nothing of it waits, and every failure is a sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from omsdesk.settings import Service
from omsdesk.sync.enrolment import Invitation
from omsdesk.sync.messages import Enrolled, Enrolment, KnownDevices
from omsdesk.sync.remote import Remote
from omsdesk.sync.state import Phase
from omsdesk.ui.exchange import Trouble
from tests.ui.back_office import until
from tests.ui.sync.desks import Desk, House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.go_down()


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    made = Desk(tmp_path / "front")
    yield made
    made.close()


@pytest.fixture
def second(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    made = Desk(tmp_path / "back", is_set_up=False)
    yield made
    made.close()


def ask(desk: Desk, address: str, code: str, shop: str = "s1") -> Enrolled | Trouble:
    """Ask to be let in, and wait for the answer."""
    said: list[Enrolled | Trouble] = []
    desk.exchange.enrol(Invitation(address, code, shop=shop), said.append, said.append)
    assert said == [], "nobody waits for a service on the GUI thread"
    until(lambda: said)
    return said[0]


def test_a_station_that_works_by_itself_is_off(desk: Desk) -> None:
    assert desk.exchange.state.phase is Phase.OFF
    desk.exchange.wake()
    desk.exchange.sync_now()
    assert not desk.exchange.state.is_enrolled


def test_the_first_station_brings_its_shop_and_everything_in_it(desk: Desk, house: House, second: Desk) -> None:
    found = ask(desk, house.address, house.code())
    assert isinstance(found, Enrolled)
    assert (found.store, found.till) == ("s1", "t1")
    assert desk.settings.service == Service(house.address, "s1", house.tenant)
    until(desk.is_synced)
    second.connect(house, house.code("s1"))
    assert second.office.shop == desk.office.shop
    assert second.price("oat") == desk.price("oat")


@pytest.mark.parametrize("what", ["unknown", "used", "mistyped"])
def test_a_code_that_is_none_lets_nobody_in_and_changes_nothing(desk: Desk, house: House, what: str) -> None:
    code = {"unknown": "0000-0000-0000", "used": house.code("s1"), "mistyped": "7KQ3"}[what]
    if what == "used":
        house.running.do(lambda service: service.registrar.enrol(Enrolment(code, "somebody-else", bytes(32))))
    said = ask(desk, house.address, code)
    assert isinstance(said, Trouble)
    assert said.sentence.endswith(("ask a manager for a new one.", "Ask a manager for a new one.", "type it again."))
    assert said.complaint == ("" if what == "mistyped" else "code")
    assert (desk.settings.service, desk.exchange.state.phase) == (Service(), Phase.OFF)


def test_a_code_for_another_shop_is_refused_before_anything_is_changed(desk: Desk, house: House) -> None:
    code = house.code("the-market")
    said = ask(desk, house.address, code)
    assert isinstance(said, Trouble)
    assert said.sentence.startswith("This code is for another shop than the one on this computer.")
    assert desk.settings.service == Service()
    assert house.running.do(lambda service: service.registrar.devices(house.tenant)) == []


def test_a_service_that_is_down_is_said_and_the_same_code_works_later(desk: Desk, house: House) -> None:
    code = house.code()
    house.go_down()
    said = ask(desk, house.address, code)
    assert isinstance(said, Trouble)
    assert "does not answer" in said.sentence
    house.come_back()
    assert isinstance(ask(desk, house.address, code), Enrolled)


def test_an_address_that_is_none_is_said(desk: Desk) -> None:
    said = ask(desk, "ftp://desk.example", "7KQ3-9F2M-XA4T")
    assert isinstance(said, Trouble)
    assert "address" in said.sentence


def test_a_clock_that_is_an_hour_wrong_keeps_nobody_out(
    desk: Desk, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_ahead = partial(Remote, now=lambda: time.time() + 3_600)
    monkeypatch.setattr("omsdesk.sync.enrolment.Remote", an_hour_ahead)
    assert isinstance(ask(desk, house.address, house.code()), Enrolled)
    until(desk.is_synced)


def test_offline_and_back_again(desk: Desk, house: House) -> None:
    desk.connect(house)
    house.go_down()
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.phase is Phase.OFFLINE and desk.exchange.state.waiting)
    desk.reprice("oat", "2.99")
    until(lambda: desk.exchange.state.waiting >= 2)
    house.come_back()
    desk.exchange.sync_now()
    until(desk.is_synced)


def test_a_network_that_comes_back_is_tried_at_once(desk: Desk, house: House) -> None:
    from PySide6.QtNetwork import QNetworkInformation

    desk.connect(house)
    house.go_down()
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.next_try_ms)
    courier = desk.exchange._courier
    assert courier is not None
    courier._schedule.due += 3600
    house.come_back()
    QNetworkInformation.instance().reachabilityChanged.emit(QNetworkInformation.Reachability.Online)
    until(desk.is_synced)


def test_a_new_start_goes_on_where_it_was(desk: Desk, house: House, tmp_path: Path) -> None:
    desk.connect(house)
    desk.exchange.stop()
    desk.reprice("oat", "2.95")
    again = Desk.again(desk)
    assert again.exchange.state.is_enrolled, "known from the settings before anything is asked"
    until(again.is_synced)
    again.exchange.stop()


def test_stations_are_listed_and_retired(desk: Desk, house: House, second: Desk) -> None:
    desk.connect(house)
    second.connect(house, house.code("s1"))
    known: list[KnownDevices] = []
    troubles: list[Trouble] = []
    desk.exchange.retire(second.exchange.device, known.append, troubles.append)
    until(lambda: known)
    assert {row.device: bool(row.retired_ms) for row in known[0].devices} == {
        desk.exchange.device: False,
        second.exchange.device: True,
    }
    second.exchange.sync_now()
    until(lambda: second.exchange.state.phase is Phase.REFUSED)
    assert second.exchange.state.sentence.startswith("This station was retired. It goes on selling")
    assert troubles == []


def test_a_retired_station_comes_again_with_a_code(desk: Desk, house: House) -> None:
    desk.connect(house)
    device = desk.exchange.device
    house.running.do(lambda service: service.registrar.retire(house.tenant, device))
    desk.reprice("oat", "2.95")
    until(lambda: desk.exchange.state.phase is Phase.REFUSED)
    desk.connect(house, house.code("s1", device))
    assert desk.exchange.device == device


def test_leaving_and_coming_again(desk: Desk, house: House) -> None:
    desk.connect(house)
    left: list[bool] = []
    desk.exchange.leave(lambda: left.append(True), lambda trouble: pytest.fail(trouble.sentence))
    until(lambda: left)
    assert (desk.settings.service, desk.exchange.state.phase) == (Service(), Phase.OFF)
    known = house.running.do(lambda service: service.registrar.devices(house.tenant))
    assert [bool(row.retired_ms) for row in known] == [True], "the service knows that it left"
    desk.reprice("oat", "2.95")
    desk.connect(house, house.code("s1"))


def test_leaving_a_service_that_is_down_works_too(desk: Desk, house: House) -> None:
    desk.connect(house)
    house.go_down()
    left: list[bool] = []
    desk.exchange.leave(lambda: left.append(True), lambda trouble: pytest.fail(trouble.sentence))
    until(lambda: left)
    assert desk.settings.service == Service()


def test_the_end_does_not_wait_for_a_slow_service(desk: Desk, house: House) -> None:
    desk.connect(house)
    begun = time.monotonic()
    desk.exchange.devices(lambda _: None, lambda _: None)
    desk.exchange.stop()
    assert time.monotonic() - begun < 10


def test_settings_that_cannot_be_written_are_said(desk: Desk, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_service: Service) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(desk.exchange, "_keep", full)
    said = ask(desk, house.address, house.code())
    assert isinstance(said, Trouble)
    assert said.sentence.startswith("The settings cannot be written (No space left on device).")
