"""A folder as a printer; it is chosen, never found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from omsdesk.devices.drivers.file.printer import FilePrinter

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class FolderDriver:
    """Writes what would be printed into files."""

    def probe(self, found: Found) -> int:
        """Folders are nobody's to find."""
        return 0

    def attach(self, address: Address, options: Options) -> FilePrinter:
        """Make the printer that writes into a folder."""
        return FilePrinter(Path(address.place))


DRIVER = FolderDriver()
