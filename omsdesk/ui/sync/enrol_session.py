"""Letting this station in: an address and a code, typed, pasted or scanned. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from omsdesk.ui.exchange import Trouble, computer_name
from omsdesk.ui.sync.office import Office

if TYPE_CHECKING:
    from omsdesk.sync.messages import Enrolled

_LOCAL = ("localhost", "127.", "[::1]")


@dataclass(frozen=True, slots=True)
class EnrolDraft:
    """What was typed so far."""

    address: str = ""
    code: str = ""
    name: str = ""
    certificates: str = ""


def is_local(address: str) -> bool:
    """Tell whether an address means the computer that it is typed at."""
    return address.partition("://")[2].startswith(_LOCAL)


def full_address(typed: str) -> str:
    """Complete an address as people type it: what names no scheme is secure, save on this computer."""
    address = typed.strip().rstrip("/")
    if not address or "://" in address:
        return address
    return f"http://{address}" if address.startswith(_LOCAL) else f"https://{address}"


def problems(draft: EnrolDraft) -> dict[str, str]:
    """Say what is wrong with which field."""
    from omsdesk.sync.codes import NoCode, plain

    found: dict[str, str] = {}
    if not full_address(draft.address):
        found["address"] = "Type the address of the service, such as https://desk.example."
    try:
        plain(draft.code)
    except NoCode as error:
        found["code"] = str(error)
    return found


class EnrolSession:
    """State and intents of the form that lets this station in."""

    def __init__(self, office: Office, then: Callable[[Enrolled], None]) -> None:
        """Begin with an empty form; ``then`` hears where the station belongs once it is let in."""
        self.office = office
        self._then = then
        self.listeners: list[Callable[[], None]] = []
        # Whoever was let in once comes to the same service again.
        self.draft = EnrolDraft(office.exchange.service.address, name=self.proposed)
        self.errors: dict[str, str] = {}
        self.refusal = ""
        self.is_working = False

    @property
    def proposed(self) -> str:
        """What this station may be called: as its till is, or else as this computer."""
        till = next((row.name for row in self.office.tills if row.id == self.office.till()), "")
        return till or computer_name()

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed or pasted; an invitation fills both address and code."""
        if name in {"address", "code"} and "#" in str(value) and self.take(str(value)):
            return
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self.refusal = ""
            self._tell()

    def take(self, scanned: str) -> bool:
        """Take an invitation that was scanned or pasted; tells whether it was one."""
        from omsdesk.sync.codes import NoCode, grouped, read_invitation

        try:
            address, code = read_invitation(scanned)
        except NoCode:
            return False
        self.draft = replace(self.draft, address=address or self.draft.address, code=grouped(code))
        self.errors, self.refusal = {}, ""
        self._tell()
        return True

    def enrol(self) -> None:
        """Ask the service to let this station in."""
        if self.is_working:
            return
        self.errors, self.refusal = problems(self.draft), ""
        if not self.errors:
            from omsdesk.sync.enrolment import Invitation

            self.is_working = True
            draft, shop = self.draft, self.office.shop
            invitation = Invitation(
                full_address(draft.address),
                draft.code,
                draft.name.strip(),
                certificates=draft.certificates.strip(),
                shop=shop.id if shop else "",
            )
            self.office.exchange.enrol(invitation, self._entered, self._failed)
        self._tell()

    def _entered(self, found: Enrolled) -> None:
        self.is_working = False
        self.draft = replace(self.draft, code="")
        self._tell()
        self._then(found)

    def _failed(self, trouble: Trouble) -> None:
        self.is_working = False
        if trouble.complaint == "code":
            self.errors = {"code": trouble.sentence}
        else:
            self.refusal = trouble.sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
