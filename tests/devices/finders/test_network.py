"""Printers in the network: real announcements and real doors, on loopback."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest
from zeroconf import ServiceInfo, Zeroconf

from omsdesk.devices.driver import Found
from omsdesk.devices.finders.network import look, own_networks, sweep
from tests.devices.lonely_servers import free_port
from tests.patience import until

LOOPBACK = ["127.0.0.1"]


@pytest.mark.parametrize("words", [{"ty": "EPSON TM-m30II"}, {}])
def test_what_announces_itself_is_found(words: dict[str, str]) -> None:
    kind = "_pdl-datastream._tcp.local."
    here = [socket.inet_aton("127.0.0.1")]
    info = ServiceInfo(kind, f"Till printer.{kind}", 9101, 0, 0, words, "till-printer-7.local.", addresses=here)
    with closing(Zeroconf(interfaces=LOOPBACK)) as printer:
        printer.register_service(info)
        found: list[Found] = []

        def is_heard() -> bool:
            found[:] = [one for one in look(1.0, interfaces=LOOPBACK) if "9101" in one.address.place]
            return bool(found)

        # A second is enough for a printer; a machine that has other things to do may need another one.
        until(is_heard)
    assert [(str(one.address), one.name) for one in found] == [("tcp:127.0.0.1:9101", words.get("ty", "Till printer"))]
    assert found[0].details["service"] == "_pdl-datastream"


def test_doors_that_open_are_found() -> None:
    with closing(socket.create_server(("127.0.0.2", 0))) as printer:
        port = printer.getsockname()[1]
        found = sweep([f"127.0.0.{number}" for number in range(1, 200)], port, seconds=5)
    assert [str(one.address) for one in found] == [f"tcp:127.0.0.2:{port}"]
    assert sweep(["127.0.0.1"], free_port()) == []
    assert sweep([]) == []


def test_no_network_is_swept_that_is_larger_than_a_shop() -> None:
    assert all(network.num_addresses <= 256 for network in own_networks())
