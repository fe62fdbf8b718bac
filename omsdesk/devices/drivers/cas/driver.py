"""Recognises counter scales of CAS."""

from __future__ import annotations

from omsdesk.devices.drivers.cas.dialect import Cas
from omsdesk.devices.polled_scale import ScaleDriver

DRIVER = ScaleDriver(("cas ", "cas-"), lambda _: Cas())
