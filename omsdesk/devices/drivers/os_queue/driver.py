"""Recognises queues of the system; whether a receipt printer stands behind one only its name tells."""

from __future__ import annotations

from omsdesk.devices.queue_printer import QueueDriver

DRIVER = QueueDriver(("tm-", "receipt", "pos", "thermal", "bon"), sure=50, perhaps=10, is_raw=True)
