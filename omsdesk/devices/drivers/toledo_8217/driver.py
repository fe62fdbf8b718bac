"""Recognises scales that speak Toledo 8217."""

from __future__ import annotations

from omsdesk.devices.drivers.toledo_8217.dialect import Toledo8217
from omsdesk.devices.polled_scale import ScaleDriver

DRIVER = ScaleDriver(("toledo", "8217", "viva", "ariva"), lambda options: Toledo8217(str(options["unit"])))
