"""Labels on the screen; they are chosen, never found."""

from __future__ import annotations

from omsdesk.devices.driver import ByHand
from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen

DRIVER = ByHand(lambda _address, _options: LabelsOnScreen())
