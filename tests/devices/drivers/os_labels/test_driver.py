"""Any printer of the system can print labels; one that is named after labels is likelier."""

from __future__ import annotations

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Category, Found
from omsdesk.devices.drivers.os_labels.driver import DRIVER
from omsdesk.devices.queue_printer import QueuePrinter


def queue(name: str) -> Found:
    return Found(Address(Bus.QUEUE, name), name)


def test_a_queue_is_judged_by_its_name() -> None:
    assert DRIVER.probe(queue("DYMO LabelWriter 450")) > DRIVER.probe(queue("Office laser")) > 0
    assert DRIVER.probe(Found(Address(Bus.USB, "0922:0020"), "DYMO LabelWriter")) == 0


def test_a_labelwriter_is_a_label_printer_before_it_is_any_other() -> None:
    assert registry.ranked(queue("DYMO LabelWriter 450"))[0][1].category is Category.LABEL_PRINTER


def test_its_labels_pass_through_the_system_s_driver() -> None:
    printer = registry.attach("os_labels", Address(Bus.QUEUE, "Dymo"), {"dpi": 300})
    assert isinstance(printer, QueuePrinter)
    assert not printer._is_raw
