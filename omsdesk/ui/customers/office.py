"""What the customers' screens work with beyond the back office: where documents are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from omsdesk.actions.writer import Writer
from omsdesk.domain.shop import Shop
from omsdesk.ui import office

NO_RIGHT = "You can look at customers. To change them, sign in as somebody who sells."
CONTACT_ONLY = "You can write down how customers are reached. What they are given and allowed is for a manager."


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``pdf_folder`` is where statements are saved, ``writer`` what an import writes through.

    ``can_mail`` tells whether this computer sends e-mails.
    """

    pdf_folder: Callable[[], Path]
    writer: Writer
    can_mail: Callable[[], bool] = _never

    @property
    def shop(self) -> Shop:
        """The shop as it is set up now; one without a name where there is none yet."""
        return self.find_shop() or Shop("", "", "EUR")

    @property
    def may_write(self) -> bool:
        """Whether whoever is here may write down how customers are reached."""
        return self.may("sale.customer")

    @property
    def may_edit(self) -> bool:
        """Whether they may also change what customers are given."""
        return self.may("customer.edit")
