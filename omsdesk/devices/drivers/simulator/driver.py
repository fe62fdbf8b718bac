"""A printer on the screen; it is chosen, never found."""

from __future__ import annotations

from omsdesk.devices.driver import ByHand
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.documents.printer_profile import profile_from

NO_SENSOR = "none"
DRIVER = ByHand(lambda _, options: SimulatedPrinter(profile_from(options), has_sensor=options["sensor"] != NO_SENSOR))
