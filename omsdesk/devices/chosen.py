"""The devices of this station, as its settings name them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.ports import AtOnce, Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.documents.printer_profile import PROFILES, PrinterProfile, profile_from
from omsdesk.domain.labels import LABEL
from omsdesk.domain.printing import RECEIPT, PrintState
from omsdesk.settings import DeviceSetting, Settings

if TYPE_CHECKING:
    from omsdesk.devices.ports import Printer
    from omsdesk.documents.labels.languages import LabelPaper

ON_SCREEN = DeviceSetting("simulator", str(Address(Bus.VIRTUAL)))
"""What prints receipts where nothing was set up yet."""
STAND_INS = {
    LABEL: DeviceSetting("virtual_labels", ON_SCREEN.address),
    "scale": DeviceSetting("virtual_scale", ON_SCREEN.address),
    "display": DeviceSetting("virtual_display", ON_SCREEN.address),
}
"""What else is on the screen in the demonstration shop; a scanner needs no setting up: products are clicked."""
AT_A_TILL = frozenset({"kitchen", "display", "customer-screen"})
"""The roles that mean nothing where nothing is sold; of a printer there its drawer means nothing."""


def devices_of(settings: Settings, *, is_till: bool = True) -> dict[str, DeviceSetting]:
    """Give what plays each role here, with what is on the screen because nothing was set up.

    Receipts come out at a till whatever is set up; a station without one prints where it was given a printer.
    """
    stand_ins = STAND_INS if settings.is_demonstration else {}
    if is_till:
        return {RECEIPT: ON_SCREEN, **stand_ins, **settings.device}
    return {role: row for role, row in {**stand_ins, **settings.device}.items() if role not in AT_A_TILL}


def receipt_printer(settings: Settings) -> DeviceSetting:
    """Give what prints receipts here."""
    return devices_of(settings)[RECEIPT]


def attach(setting: DeviceSetting, folder: Path) -> object:
    """Make what speaks to a device; a folder's name that is not a full path begins in ``folder``.

    Raises:
        DeviceError: NO_SERVICE, its driver cannot be used here; ILLEGAL, it is not set up right.

    """
    try:
        address = Address.parse(setting.address)
    except ValueError as fault:
        raise DeviceError(ErrorCode.ILLEGAL, str(fault)) from None
    if address.bus is Bus.FOLDER:
        address = replace(address, place=str(folder / address.place))
    return registry.attach(setting.driver, address, setting.options)


def is_printer(setting: DeviceSetting) -> bool:
    """Tell whether paper or labels come out of a device. Raises DeviceError: NO_SERVICE, there is no such driver."""
    from omsdesk.devices.driver import Category

    return registry.card_of(setting.driver).category in {Category.RECEIPT_PRINTER, Category.LABEL_PRINTER}


def printer_of(setting: DeviceSetting, folder: Path) -> Printer:
    """Make the printer of a role. Raises DeviceError as ``attach`` does, and where it is no printer."""
    if not is_printer(setting):
        raise DeviceError(ErrorCode.ILLEGAL, "This device is no printer. Choose another one on the Devices page.")
    return cast("Printer", attach(setting, folder))


class Unavailable(AtOnce):
    """Stands for a printer whose driver cannot be used: jobs wait until somebody has set it up again."""

    def __init__(self, sentence: str) -> None:
        """Say why."""
        self._status = PrinterStatus(Condition.OFFLINE, sentence)

    def status(self) -> PrinterStatus:
        """Say why."""
        return self._status

    def print(self, payload: bytes, name: str) -> Delivery:
        """Nothing was sent."""
        return Delivery(PrintState.FAILED, self._status.sentence, Condition.OFFLINE)


def profile_of(setting: DeviceSetting) -> PrinterProfile:
    """Give what is known of a receipt printer; of the usual model where the settings name none that there is.

    What was set up wrong is as if it were not: the driver says so to whoever looks after the device.
    """
    try:
        options = registry.card_of(setting.driver).whole(setting.options)
        return profile_from(options)
    except (DeviceError, ValueError, KeyError):
        return PROFILES.get(str(setting.options.get("profile", "")), PROFILES["epson-80"])


def label_paper_of(setting: DeviceSetting) -> LabelPaper:
    """Give what the labels of a printer are made for; as PDF where its driver cannot be used or says no language."""
    from omsdesk.documents.labels.languages import LabelPaper
    from omsdesk.documents.labels.print_settings import Finish, PrintSettings

    try:
        card = registry.card_of(setting.driver)
        options = card.whole(setting.options)
    except (DeviceError, ValueError):
        return LabelPaper()
    darkness, speed = int(options.get("darkness", 0)), int(options.get("speed", 0))
    chosen = PrintSettings(darkness or None, speed or None, Finish(str(options.get("finish", Finish.TEAR))))
    return LabelPaper(card.language or "pdf", int(options.get("dpi", 300)), chosen)
