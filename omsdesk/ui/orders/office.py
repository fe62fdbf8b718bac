"""What the orders page works with beyond the back office: where papers are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from omsdesk.domain.kitchen import KITCHEN, PICK
from omsdesk.domain.order_command import CANCEL_RIGHT, RIGHT
from omsdesk.domain.printing import RECEIPT
from omsdesk.domain.shop import Shop
from omsdesk.ui import office


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``pdf_folder`` is where papers are saved; ``has_printer`` tells whether a printer is set up for a role."""

    pdf_folder: Callable[[], Path]
    has_printer: Callable[[str], bool] = office.any_printer

    @property
    def shop(self) -> Shop:
        """The shop as it is set up now; one without a name where there is none yet."""
        return self.find_shop() or Shop("", "", "EUR")

    @property
    def slip_printer(self) -> str:
        """The role of the printer for slips that goods are fetched by: where they are, or any; empty for none."""
        return next((role for role in (PICK, KITCHEN, RECEIPT) if self.has_printer(role)), "")

    @property
    def may_order(self) -> bool:
        """Whether whoever is here may change orders; that is done where there is a till."""
        return bool(self.till()) and self.may(RIGHT)

    @property
    def may_cancel(self) -> bool:
        """Whether they may also give up what was paid for."""
        return bool(self.till()) and self.may(CANCEL_RIGHT)
