"""A printer on the screen; it is chosen, never found."""

from __future__ import annotations

from omsdesk.devices.driver import ByHand
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.documents.printer_profile import profile_from

DRIVER = ByHand(lambda _, options: SimulatedPrinter(profile_from(options)))
