"""Printers in the network: those that announce themselves (DNS-SD), and those that listen where printers listen."""

from __future__ import annotations

import ipaddress
import select
import socket
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from omsdesk.devices.address import RAW_PORT, Address, Bus
from omsdesk.devices.driver import Found

if TYPE_CHECKING:
    from zeroconf import Zeroconf

SERVICES = ("_pdl-datastream._tcp.local.", "_printer._tcp.local.", "_ipp._tcp.local.")
"""Raw printing, LPD and IPP: a printer that announces any of them takes bytes on its raw port, as a rule."""
LISTEN_SECONDS = 2.0
_SWEEP_SECONDS = 1.0
_SWEEP_AT_ONCE = 128


def look(seconds: float = LISTEN_SECONDS, **listening: Any) -> list[Found]:
    """Listen for a while to what announces itself. ``listening`` goes to Zeroconf: ``interfaces``, ``unicast``."""
    from zeroconf import ServiceBrowser, Zeroconf

    class Listener:
        def __init__(self) -> None:
            self.names: set[tuple[str, str]] = set()

        def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            self.names.add((type_, name))

        def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            self.names.add((type_, name))

        def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
            self.names.discard((type_, name))

    listener = Listener()
    try:
        ears = Zeroconf(**listening)
    except OSError:
        # No network at all.
        return []
    try:
        browser = ServiceBrowser(ears, list(SERVICES), listener)  # type: ignore[arg-type]  # it wants a subclass
        time.sleep(seconds)
        found = [_announced(ears, kind, name) for kind, name in sorted(listener.names)]
        browser.cancel()
    finally:
        ears.close()
    by_address = {str(one.address): one for one in found if one is not None}
    return [by_address[place] for place in sorted(by_address)]


def _announced(ears: Zeroconf, kind: str, name: str) -> Found | None:
    info = ears.get_service_info(kind, name, timeout=1000)
    addresses = info.parsed_addresses() if info else []
    if info is None or not addresses:
        return None
    words = {key.decode(): (value or b"").decode("utf-8", "replace") for key, value in info.properties.items()}
    host = (info.server or "").rstrip(".")
    port = info.port if kind.startswith("_pdl-datastream") and info.port else RAW_PORT
    place = f"{host if _is_known(host, port) else addresses[0]}:{port}"
    title = words.get("ty") or words.get("usb_MDL") or name.removesuffix(f".{kind}")
    return Found(Address(Bus.NETWORK, place), title, {"service": kind.partition(".")[0], "ip": addresses[0]})


def _is_known(host: str, port: int) -> bool:
    """Tell whether this system finds a machine by its name: a name stays when the number changes."""
    try:
        return bool(host and socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except OSError:
        return False


def own_networks() -> list[ipaddress.IPv4Network]:
    """List the networks that this computer is in, large ones cut down to the 256 addresses around its own."""
    import ifaddr

    networks = []
    for adapter in ifaddr.get_adapters():
        for address in adapter.ips:
            if isinstance(address.ip, str) and not address.ip.startswith(("127.", "169.254.")):
                width = max(address.network_prefix, 24)
                networks.append(ipaddress.IPv4Network(f"{address.ip}/{width}", strict=False))
    return networks


def sweep(hosts: Iterable[str], port: int = RAW_PORT, seconds: float = _SWEEP_SECONDS) -> list[Found]:
    """Knock at a port of each machine, and list those that open. A person asks for it: it is heard in the network."""
    waiting, found = list(hosts), []
    while waiting:
        batch, waiting = waiting[:_SWEEP_AT_ONCE], waiting[_SWEEP_AT_ONCE:]
        found += [
            Found(Address(Bus.NETWORK, f"{host}:{port}"), f"Printer at {host}")
            for host in _open_at(batch, port, seconds)
        ]
    return found


def _open_at(hosts: list[str], port: int, seconds: float) -> list[str]:
    sockets: dict[socket.socket, str] = {}
    for host in hosts:
        door = socket.socket()
        door.settimeout(0)
        door.connect_ex((host, port))
        sockets[door] = host
    answered, end = [], time.monotonic() + seconds
    pending = set(sockets)
    while pending and time.monotonic() < end:
        # Windows tells of a refused connection in the third set only.
        _, ready, failed = select.select([], pending, pending, max(0.0, end - time.monotonic()))
        for door in {*ready, *failed}:
            pending.discard(door)
            if not door.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                answered.append(sockets[door])
    for door in sockets:
        door.close()
    return [host for host in hosts if host in answered]
