"""Where a device is, as the settings write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.address import RAW_PORT, Address, Bus


@given(bus=st.sampled_from(list(Bus)), place=st.text().map(str.strip))
def test_what_was_written_is_read(bus: Bus, place: str) -> None:
    assert Address.parse(str(Address(bus, place))) == Address(bus, place)


@pytest.mark.parametrize(
    ("place", "host", "port"),
    [
        ("192.168.1.50:9101", "192.168.1.50", 9101),
        ("kitchen.local", "kitchen.local", RAW_PORT),
        ("[fe80::1]:9102", "fe80::1", 9102),
        ("fe80::1", "fe80::1", RAW_PORT),
        ("printer:x", "printer:x", RAW_PORT),
    ],
)
def test_a_machine_in_the_network_has_a_host_and_a_port(place: str, host: str, port: int) -> None:
    address = Address(Bus.NETWORK, place)
    assert (address.host, address.port) == (host, port)


@pytest.mark.parametrize("text", ["", "printer", "bluetooth:1", "9100:tcp"])
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="is no address of a device"):
        Address.parse(text)
