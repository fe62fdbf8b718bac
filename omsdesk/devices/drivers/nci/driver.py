"""Recognises scales that speak NCI."""

from __future__ import annotations

from omsdesk.devices.drivers.nci.dialect import Nci
from omsdesk.devices.polled_scale import ScaleDriver

DRIVER = ScaleDriver(("nci", "weigh-tronix", "brecknell", "avery"), lambda _: Nci())
