"""What the Devices page works with beyond the back office: the settings of this computer, and its running devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from omsdesk.devices.driver import Found
from omsdesk.devices.search import LOOKS, Look, sweep
from omsdesk.settings import Settings
from omsdesk.ui import office
from omsdesk.ui.devices import screens
from omsdesk.ui.devices.station_devices import StationDevices

if TYPE_CHECKING:
    from omsdesk.ui.devices.scanning import Scanning

NO_RIGHT = "You can look at the devices and try them. To change them, ask a manager to sign in."
RIGHT = "shop.edit"


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``keep`` writes the settings and makes them hold; it raises OSError."""

    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    devices: StationDevices
    scanning: Scanning | None = None
    """Sets scanners up, and shows devices on the screen; None where there is no window around the page."""
    looks: Mapping[str, Look] = field(default_factory=lambda: LOOKS)
    """The ways to look for devices, by what they look at."""
    screens: Callable[[], list[Found]] = screens.look
    """Lists the screens that could face a customer; it asks Qt, and takes no time."""
    sweep: Callable[[], list[Found]] = sweep
    """Knocks at all machines of the network."""

    @property
    def may_change(self) -> bool:
        """Whether whoever is here may change the devices."""
        return self.may(RIGHT)
