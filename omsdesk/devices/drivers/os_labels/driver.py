"""Recognises queues of the system that print labels."""

from __future__ import annotations

from omsdesk.devices.queue_printer import QueueDriver

_WORDS = ("label", "dymo", "ql-", "zebra", "zdesigner", "tsc", "rollo", "godex")

DRIVER = QueueDriver(_WORDS, sure=60, perhaps=5, is_raw=False)
