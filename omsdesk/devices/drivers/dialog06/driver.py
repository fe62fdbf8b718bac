"""Recognises scales that speak Dialog06."""

from __future__ import annotations

from omsdesk.devices.drivers.dialog06.dialect import Dialog06
from omsdesk.devices.polled_scale import ScaleDriver

DRIVER = ScaleDriver(("dialog06", "dialog 06", "bizerba"), lambda _: Dialog06())
