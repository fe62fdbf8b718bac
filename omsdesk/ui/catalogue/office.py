"""What the catalogue's screens work with beyond the back office: a way to write a whole file."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.actions.writer import Writer
from omsdesk.domain.shop import Shop
from omsdesk.ui import office

NO_RIGHT = "You can look at the products. To change them, ask a manager to sign in."


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``writer`` is what an import writes through, batch by batch."""

    writer: Writer

    @property
    def shop(self) -> Shop:
        """The shop as it is set up now; one without a name where there is none yet."""
        return self.find_shop() or Shop("", "", "EUR")

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change the catalogue."""
        return self.may("catalogue.edit")
