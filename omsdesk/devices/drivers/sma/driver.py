"""Recognises scales that speak SMA SCP-0499."""

from __future__ import annotations

from omsdesk.devices.drivers.sma.dialect import Sma
from omsdesk.devices.polled_scale import ScaleDriver

DRIVER = ScaleDriver(("sma ", "ohaus", "rice lake"), lambda _: Sma())
