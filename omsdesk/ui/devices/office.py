"""What the Devices page works with beyond the back office: the settings of this computer, and its running devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from omsdesk.devices.driver import Found
from omsdesk.devices.search import LOOKS, Look, sweep
from omsdesk.settings import Settings
from omsdesk.ui import office
from omsdesk.ui.devices.station_devices import StationDevices

NO_RIGHT = "You can look at the devices and try them. To change them, ask a manager to sign in."
RIGHT = "shop.edit"


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``keep`` writes the settings and makes them hold; it raises OSError."""

    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    devices: StationDevices
    looks: Mapping[str, Look] = field(default_factory=lambda: LOOKS)
    """The ways to look for devices, by what they look at."""
    sweep: Callable[[], list[Found]] = sweep
    """Knocks at all machines of the network."""

    @property
    def may_change(self) -> bool:
        """Whether whoever is here may change the devices."""
        return self.may(RIGHT)
