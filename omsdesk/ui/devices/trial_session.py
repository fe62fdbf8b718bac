"""Trying the device that is looked at: a test page, the drawer, a label, a line on the display. It knows no widget."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from omsdesk.devices.chosen import label_paper_of, profile_of
from omsdesk.devices.ports import Delivery
from omsdesk.documents.formats import format_moment
from omsdesk.documents.printer_profile import NO_PAGES
from omsdesk.domain.printing import PrintState
from omsdesk.domain.records import record
from omsdesk.ui.devices.session import DevicesSession

if TYPE_CHECKING:
    from omsdesk.devices.ports import Printer
    from omsdesk.devices.scale import Weighing
    from omsdesk.devices.spooler import Spooler
    from omsdesk.documents.printer_profile import CodePage
    from omsdesk.settings import DeviceSetting

_LOG = logging.getLogger(__name__)

PATIENCE_SECONDS = 20.0
PINS = (2, 5)
PULSES = (50, 100, 150, 200, 300, 500)
"""Milliseconds, as drivers take them."""
_BUSY = "The printer is busy with what waits for it. {}"
_STUMBLED = "Something went wrong in the driver of the printer. Try again, or set it up as another model."
_AGAIN = "The printer was set up anew meanwhile. Try again."


@record
class Trial:
    """What became of a trial; ``sheets`` are pictures where no paper came out."""

    sentence: str
    is_good: bool
    sheets: tuple[bytes, ...] = ()


class TrialSession:
    """Every trial goes past the queue, between two jobs, and never waits on the thread that paints."""

    def __init__(self, page: DevicesSession) -> None:
        """Take the page."""
        self.page = page
        self.listeners: list[Callable[[], None]] = []
        self.running = ""
        """What is being tried; empty for nothing."""
        self.trial: Trial | None = None
        self.has_tables = False
        """Whether a test page with tables of letters came out just now."""
        self.kicked: tuple[int, int] | None = None
        """The pin and the pulse that the drawer was told to open with."""
        self._role = ""
        page.listeners.append(self._follow)

    # ------------------------------------------------------------------------------ printers

    def print_page(self) -> None:
        """Print the test page of a receipt printer."""
        setting = self._setting()
        if setting is None:
            return
        profile, name, moment = profile_of(setting), self._shop_name(), self._moment()

        def payload() -> bytes:
            from omsdesk.documents.trial_page import trial_bytes

            return trial_bytes(name, profile, moment)

        self._print("page", payload, "The test page was printed.")

    def print_label(self) -> None:
        """Print a label that says what it is."""
        setting = self._setting()
        if setting is None:
            return
        paper, name, moment = label_paper_of(setting), self._shop_name(), self._moment()

        def payload() -> bytes:
            from omsdesk.documents.labels.languages import write
            from omsdesk.documents.labels.layout import lay_out
            from omsdesk.documents.labels.ready import READY

            values = {"name": f"Test label\n{name}", "price": "12.90", "sku": moment, "barcode": "4006381333931"}
            return write([(lay_out(READY[0].label, values, paper.dpi), 1)], paper)

        self._print("label", payload, "The test label was printed.")

    def kick(self, pin: int, pulse_ms: int = 100) -> None:
        """Open the drawer; what opened it can be kept afterwards."""
        self.kicked = pin, pulse_ms

        def payload() -> bytes:
            from omsdesk.documents.trial_page import kick_bytes

            return kick_bytes(pin, pulse_ms)

        self._print("drawer", payload, f"The drawer was told to open (pin {pin}).")

    def keep_kick(self) -> None:
        """Open the drawer that way from now on."""
        player, kicked = self.page.player, self.kicked
        if player.setting is not None and kicked is not None:
            options = {**player.setting.options, "kick_pin": kicked[0], "pulse_ms": kicked[1]}
            self.page.bind(self.page.current, replace(player.setting, options=options), player.name)
        self.kicked = None
        self._tell()

    @property
    def pages(self) -> list[tuple[CodePage, bool]]:
        """The tables of letters that a printer may have, and which of them are used."""
        from omsdesk.documents.trial_page import trial_pages

        setting = self.page.player.setting
        if setting is None:
            return []
        profile = profile_of(setting)
        return [(page, page in profile.code_pages) for page in trial_pages(profile)]

    def use_page(self, number: int, *, is_right: bool) -> None:
        """Use a table of letters from now on, or no longer; without any, all but plain letters is drawn."""
        numbers = [page.number for page, is_used in self.pages if (is_right if page.number == number else is_used)]
        self.page.set_option("pages", ",".join(map(str, numbers)) or NO_PAGES)
        self._tell()

    # ------------------------------------------------------------------------------ all else

    def weighing(self) -> Weighing | None:
        """Give what the scale shows now; None where there is no scale."""
        from omsdesk.devices.scale import Weighing

        device = self.page.office.devices.devices.get(self.page.current)
        live_weight = getattr(device, "live_weight", None)
        found = live_weight() if live_weight is not None else None
        return found if isinstance(found, Weighing) else None

    def zero(self) -> None:
        """Set the scale to zero."""
        zero = getattr(self.page.office.devices.devices.get(self.page.current), "zero", None)
        if zero is not None:
            zero()

    def show_line(self, upper: str, lower: str) -> None:
        """Show two lines on the display."""
        show = getattr(self.page.office.devices.devices.get(self.page.current), "show", None)
        if show is None:
            self._say(Trial("The display is not there.", is_good=False))
            return
        show(upper, lower)
        self._say(Trial("It is on its way to the display.", is_good=True))

    # ------------------------------------------------------------------------------ how

    def _setting(self) -> DeviceSetting | None:
        setting = self.page.player.setting
        return setting if self.running == "" else None

    def _shop_name(self) -> str:
        shop = self.page.office.shop
        return shop.name if shop else ""

    def _moment(self) -> str:
        return format_moment(self.page.office.clock.now(), self.page.office.locale)

    def _print(self, what: str, payload: Callable[[], bytes], good: str) -> None:
        spooler = self.page.office.devices.spoolers.get(self.page.current)
        if spooler is None:
            self._say(Trial("Nothing is set up here yet.", is_good=False))
            return
        self.running, self.trial, self._role = what, None, self.page.current
        drawn = partial(_drawn, self.page.player.setting)
        self.page.office.work.reach(
            partial(_tried, spooler, payload, good, drawn), partial(self._arrived, what, self.page.current)
        )
        self._tell()

    def _arrived(self, what: str, role: str, trial: Trial) -> None:
        self.running = ""
        if role == self.page.current:
            self.trial = trial
            self.has_tables = what == "page" and trial.is_good
        self._tell()

    def _say(self, trial: Trial) -> None:
        self.trial, self._role = trial, self.page.current
        self._tell()

    def _follow(self) -> None:
        if self.page.current != self._role:
            self.trial, self.has_tables, self.kicked = None, False, None

    def _tell(self) -> None:
        for listener in tuple(self.listeners):
            listener()


def _tried(
    spooler: Spooler, payload: Callable[[], bytes], good: str, drawn: Callable[[bytes], tuple[bytes, ...]]
) -> Trial:
    """Print and wait, in a thread of its own."""
    try:
        data = payload()
    except ValueError as fault:
        return Trial(str(fault), is_good=False)

    def errand(printer: Printer) -> Delivery:
        status = printer.status()
        return printer.print(data, "test-page") if status.can_print else Delivery(PrintState.FAILED, status.sentence)

    promise = spooler.lend(errand)
    try:
        delivery = promise.result(PATIENCE_SECONDS)
    except TimeoutError:
        promise.cancel()
        return Trial(_BUSY.format(spooler.status.sentence), is_good=False)
    except CancelledError:
        return Trial(_AGAIN, is_good=False)
    except Exception:  # noqa: BLE001 - logged; else nobody would know that the trial is over
        _LOG.exception("A driver stumbled over a trial.")
        return Trial(_STUMBLED, is_good=False)
    match delivery.state:
        case PrintState.PRINTED:
            return Trial(good, is_good=True, sheets=drawn(data))
        case PrintState.SENT:
            return Trial(f"{good} This printer does not confirm: look at the paper.", is_good=True, sheets=drawn(data))
        case _:
            return Trial(delivery.status.sentence, is_good=False)


def _drawn(setting: DeviceSetting | None, payload: bytes) -> tuple[bytes, ...]:
    """Draw what would have come out of a printer that has no paper."""
    if setting is None or setting.driver not in {"simulator", "file"}:
        png = b"\x89PNG\r\n\x1a\n"
        return tuple(png + part for part in payload.split(png)[1:])
    from omsdesk.devices.drivers.simulator.painter import Painter

    painter = Painter(profile_of(setting))
    painter.print(payload)
    painter.tear_off()
    return tuple(sheet.png for sheet in painter.sheets)
