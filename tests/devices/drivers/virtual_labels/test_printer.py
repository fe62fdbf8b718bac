"""Labels on the screen."""

from __future__ import annotations

import io

from PIL import Image

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.virtual_labels.driver import DRIVER
from omsdesk.devices.drivers.virtual_labels.printer import KEPT, LabelsOnScreen
from omsdesk.devices.ports import Condition, Delivery
from omsdesk.documents.labels.languages import LabelPaper, write
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.ready import READY
from omsdesk.documents.labels.values import SAMPLE
from omsdesk.domain.printing import PrintState
from tests.documents.labels.foreign_zebra import scanned

PAYLOAD = write([(lay_out(READY[0].label, SAMPLE), 2), (lay_out(READY[1].label, SAMPLE), 1)], LabelPaper("png"))


def test_each_label_is_a_picture_that_a_scanner_reads() -> None:
    shown: list[bytes] = []
    printer = LabelsOnScreen(shown.append)
    assert printer.print(PAYLOAD, "job") == Delivery(PrintState.PRINTED, condition=Condition.READY, out=3)
    assert tuple(shown) == printer.labels
    pictures = [Image.open(io.BytesIO(png)) for png in shown]
    assert [scanned(picture) for picture in pictures] == [[("]E0", "4006381333931")]] * 3
    assert pictures[0].size == pictures[1].size != pictures[2].size


def test_without_a_roll_nothing_is_shown_and_nothing_lost() -> None:
    printer = LabelsOnScreen()
    printer.set_condition(Condition.PAPER_OUT)
    delivery = printer.print(PAYLOAD, "job")
    assert (delivery.state, printer.labels) == (PrintState.FAILED, ())
    assert "new roll" in delivery.sentence
    assert printer.status().condition is Condition.PAPER_OUT


def test_only_the_newest_stay() -> None:
    printer = LabelsOnScreen()
    for _ in range(KEPT):
        printer.print(PAYLOAD, "job")
    assert len(printer.labels) == KEPT
    printer.interrupt()
    printer.close()
    assert printer.resume().state is PrintState.UNKNOWN


def test_it_is_chosen_and_never_found() -> None:
    assert DRIVER.probe(Found(Address(Bus.VIRTUAL), "")) == 0
    assert isinstance(registry.attach("virtual_labels", Address(Bus.VIRTUAL), {}), LabelsOnScreen)
