"""A computer with devices to tell stories about: real settings, real spoolers, real looks that a story can fill."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from omsdesk.devices.address import Address
from omsdesk.devices.driver import Found
from omsdesk.devices.search import Look
from omsdesk.settings import DeviceSetting, Settings, load, save
from omsdesk.ui.devices.office import Office
from omsdesk.ui.devices.station_devices import StationDevices
from omsdesk.ui.office import Post
from tests.ui.back_office import BackOffice


def found(address: str, name: str, **details: str) -> Found:
    """Make what a finder sees."""
    return Found(Address.parse(address), name, details)


@dataclass
class DeviceDesk:
    """The parts that an application puts together around the Devices page."""

    shop: BackOffice
    is_till: bool = True
    seen: list[Found] = field(default_factory=list)
    """What is plugged in and announced."""
    screens: list[Found] = field(default_factory=list)
    """Screens beside the cashier's."""
    swept: list[Found] = field(default_factory=list)
    """What opens when somebody knocks."""
    looks: dict[str, Look] | None = None

    def __post_init__(self) -> None:
        self.devices = StationDevices(self.settings, self.shop.database.reader, self.shop.writer)
        self.shop.executor.listeners.append(self.devices.heard)

    def settings(self) -> Settings:
        """Read the settings as they are in their file."""
        return load(self.shop.folder)

    def keep(self, settings: Settings) -> None:
        """Write them, and make them hold."""
        save(settings)
        self.devices.follow()

    def set_up(self, **devices: DeviceSetting) -> None:
        """Set devices up, as if it was done before."""
        self.keep(replace(self.settings(), device={role.replace("_", "-"): row for role, row in devices.items()}))

    def office(self) -> Office:
        """Give the page what it works with."""
        shop = self.shop
        return Office(
            shop.reader,
            shop.work,
            shop.feed,
            shop.clock,
            Post(lambda: "t1" if self.is_till else ""),
            lambda: shop.person,
            self.settings,
            self.keep,
            self.devices,
            looks=self.looks or {"USB": lambda: list(self.seen)},
            screens=lambda: list(self.screens),
            sweep=lambda: list(self.swept),
        )

    def start(self) -> None:
        """Begin with the devices."""
        self.devices.start("t1" if self.is_till else "")

    def stop(self) -> None:
        """Let go of them."""
        self.devices.close()
