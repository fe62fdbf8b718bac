"""Letting a station in: a code, a new key, and then the station knows where it belongs.

It can be broken off between any two steps. Asked again with the same code, the service gives the same answer, as long
as the same key asks: so the new key is kept before it is shown, and takes the place of the old one last.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from omsdesk.settings import Service
from omsdesk.store import journal
from omsdesk.store.database import Database
from omsdesk.sync.codes import plain
from omsdesk.sync.failures import Refused
from omsdesk.sync.keys import DeviceKey, KeyRing
from omsdesk.sync.messages import Complaint, Enrolled, Enrolment
from omsdesk.sync.remote import Remote
from omsdesk.sync.turn import Write

_NEXT = ".next"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What somebody typed or scanned, and what the service shall know of the station."""

    address: str
    code: str
    name: str = ""
    version: str = ""
    certificates: str = ""
    shop: str = ""
    """The shop that is set up here already, which the code has to be for."""


def enrol(
    database: Database, keys: KeyRing, invitation: Invitation, save: Callable[[Service], None], write: Write
) -> Enrolled:
    """Ask the service to let this station in, and note where it belongs; ``save`` keeps that in the settings.

    Raises:
        NoCode: what was typed is no code.
        Refused: the service, or the code, is not for this station.
        Unreachable: no answer; asked again with the same code, nothing is lost.
        KeyUnavailable: the key cannot be kept.
        StoreFailure: the disk did not take it.

    """
    code, device = plain(invitation.code), database.station.device
    name = device + _NEXT
    key = keys.find(name) or keys.make(name)
    found = _ask(database, invitation, code, device, key)
    if found.device != device:
        # Kept under the name that is asked for next, if this is broken off once the station has its new name.
        keys.keep(found.device + _NEXT, key.secret)
    write(partial(_become, database, found))
    save(Service(invitation.address, found.store, found.tenant, invitation.certificates))
    keys.rename(found.device + _NEXT, found.device)
    if found.device != device:
        keys.retire(name)
    return found


def _ask(database: Database, invitation: Invitation, code: str, device: str, key: DeviceKey) -> Enrolled:
    with closing(database.reader()) as reader:
        is_fresh = not journal.last_epoch(reader, device)
    remote = connect(Service(invitation.address, certificates=invitation.certificates), device, key)
    try:
        asked = Enrolment(
            code, device, key.public, invitation.name, invitation.version, is_fresh,
            shop=invitation.shop, till=database.station.till,
        )  # fmt: skip
        return remote.enrol(asked)
    finally:
        remote.close()


def _become(database: Database, found: Enrolled) -> None:
    device = database.station.device
    if found.device != device and journal.last_epoch(database.writer, device):
        raise Refused("", "This code is for a station that lost its disk, and on this one there is something already.")
    database.become_device(found.device, found.epoch)


def connect(service: Service, device: str, key: DeviceKey) -> Remote:
    """Make the line of an enrolled station to its service.

    Raises:
        Refused: the settings name no service that can be asked.

    """
    certificates = Path(service.certificates) if service.certificates else None
    return Remote(service.address, device, key, certificates=certificates)


def reach(service: Service, device: str, keys: KeyRing) -> Remote:
    """Make the line of an enrolled station with the key that it has; a courier does so on its own thread.

    Raises:
        Refused: the settings name no service that can be asked, or the key is gone.
        KeyUnavailable: the key store is locked.

    """
    key = keys.find(device)
    if key is None:
        gone = "The key of this station is gone. Ask a manager for a code and enrol it again."
        raise Refused(Complaint.NOT_ENROLLED, gone)
    return connect(service, device, key)


def leave(keys: KeyRing, device: str, save: Callable[[Service], None]) -> None:
    """Let this station work by itself again; what it wrote stays here, and with the service.

    Raises:
        KeyUnavailable: the key is still there.

    """
    keys.retire(device)
    save(Service())
