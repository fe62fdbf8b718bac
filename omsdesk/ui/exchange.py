"""The exchange with the service as screens see it: how it stands, and what can be asked of the service.

Nothing here waits on the GUI thread, and nothing of it is loaded before the window is painted.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from omsdesk.actions.writer import Writer
from omsdesk.domain.records import record
from omsdesk.release import VERSION
from omsdesk.settings import Service
from omsdesk.store.database import Database
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.background import Background

if TYPE_CHECKING:
    from omsdesk.domain.other_store import ReceiptCopied
    from omsdesk.store.queries.in_stores import InStore
    from omsdesk.sync.courier import Courier
    from omsdesk.sync.enrolment import Invitation
    from omsdesk.sync.keys import KeyRing
    from omsdesk.sync.messages import (
        Code,
        CodeWish,
        Decision,
        Enrolled,
        HeldEntries,
        KnownCodes,
        KnownDevice,
        KnownDevices,
        StationFacts,
    )
    from omsdesk.sync.remote import Remote

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")
_GATHER = 0.25
"""Seconds that a station gathers what happens before it tells: two stations that both do so hear within one."""


@record
class Trouble:
    """Why the service did not do what it was asked, in a sentence; ``complaint`` is its word for it, if it has one."""

    sentence: str
    complaint: str = ""


def computer_name() -> str:
    """What this computer is called in the network."""
    import platform

    return platform.node().partition(".")[0]


class Roster(NamedTuple):
    """The stations of a business, and the codes that have not expired."""

    devices: KnownDevices
    codes: KnownCodes


class Exchange(QObject):
    """Runs the courier of an enrolled station, and carries questions to its service."""

    changed = Signal(object)
    """Emitted with ``SyncState`` on the GUI thread; what was heard by then is in the tables."""
    _told = Signal(object)

    def __init__(
        self,
        database: Database,
        writer: Writer,
        work: Background,
        service: Callable[[], Service],
        keep: Callable[[Service], None],
        folder: Path,
    ) -> None:
        """Take what it works with; ``keep`` writes the settings from any thread, ``folder`` is where keys may lie."""
        super().__init__()
        self._database, self._writer, self._work = database, writer, work
        self._service, self._keep, self._folder = service, keep, folder
        self._courier: Courier | None = None
        self._is_stopped = False
        self.state = SyncState()
        if service().is_enrolled:
            self.state = replace(self.state, is_enrolled=True, phase=Phase.WAITING)
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @property
    def service(self) -> Service:
        """Where this station is enrolled."""
        return self._service()

    @property
    def device(self) -> str:
        """Who this station is."""
        return self._database.station.device

    # ------------------------------------------------------------------------------ running

    def start(self) -> None:
        """Begin, if this station is enrolled."""
        if self.service.is_enrolled:
            self._work.work(_load_courier, self._begin)

    def _begin(self, courier: type[Courier]) -> None:
        if self._is_stopped or self._courier is not None or not self.service.is_enrolled:
            return
        from omsdesk.sync.pace import Pace

        store = self.service.store
        made = courier(
            self._database,
            store,
            self._line,
            self._writer.run,
            lambda state: self._told.emit((made, state)),
            pace=Pace(gather=_GATHER),
        )
        self._courier = made
        made.start()
        self._watch_network()

    def _watch_network(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        # Where the system does not tell, the next try finds out.
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            watch = QNetworkInformation.instance()
            watch.reachabilityChanged.connect(self._network_changed, Qt.ConnectionType.UniqueConnection)

    def _network_changed(self) -> None:
        if self.state.next_try_ms:
            self.wake()

    def stop(self) -> None:
        """End; whatever is under way is done next time."""
        self._is_stopped = True
        courier, self._courier = self._courier, None
        if courier is not None:
            courier.stop()

    def wake(self) -> None:
        """Say that something was written here; any thread may."""
        courier = self._courier
        if courier is not None:
            courier.wake()

    def sync_now(self) -> None:
        """Exchange at once: somebody asks for it."""
        courier = self._courier
        if courier is not None:
            courier.sync_now()

    def _hear(self, letter: tuple[Courier, SyncState]) -> None:
        courier, state = letter
        if courier is self._courier:
            self._show(state)

    def _show(self, state: SyncState) -> None:
        self.state = state
        self.changed.emit(state)

    def _line(self) -> Remote:
        from omsdesk.sync.enrolment import reach

        return reach(self.service, self.device, self._keys())

    def _keys(self) -> KeyRing:
        from omsdesk.sync.keys import KeyRing

        return KeyRing(self._folder)

    # ------------------------------------------------------------------------------ coming and going

    def enrol(
        self, invitation: Invitation, then: Callable[[Enrolled], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Have the service let this station in, and begin to exchange."""

        def entered(found: Enrolled) -> None:
            self._show(SyncState(is_enrolled=True, phase=Phase.WAITING))
            then(found)
            self._begin_again()

        self._try(lambda: self._enter(invitation), entered, failed)

    def _enter(self, invitation: Invitation) -> Enrolled:
        from omsdesk.sync.enrolment import enrol

        sent = replace(invitation, version=VERSION)
        return enrol(self._database, self._keys(), sent, self._keep, lambda task: self._writer.run(task).result())

    def leave(self, then: Callable[[], None], failed: Callable[[Trouble], None]) -> None:
        """Let this station work by itself again; the service is told, if it can be reached."""
        courier, self._courier = self._courier, None

        def left(_: None) -> None:
            self._show(SyncState())
            then()

        def stayed(trouble: Trouble) -> None:
            self.start()
            failed(trouble)

        self._try(lambda: self._part(courier), left, stayed)

    def _part(self, courier: Courier | None) -> None:
        from omsdesk.sync.enrolment import leave

        if courier is not None:
            courier.stop()
        said = _attempt(lambda: self._asked(lambda remote: remote.retire(self.device)))
        if isinstance(said, Trouble):
            _log.info("The service does not know yet that this station left: %s", said.sentence)
        leave(self._keys(), self.device, self._keep)

    def _begin_again(self) -> None:
        courier, self._courier = self._courier, None
        if courier is None:
            self.start()
        else:
            self._work.reach(courier.stop, lambda _: None if self._is_stopped else self.start())

    # ------------------------------------------------------------------------------ what a manager asks

    def devices(self, then: Callable[[KnownDevices], None], failed: Callable[[Trouble], None]) -> None:
        """Ask which stations the business has."""
        self._ask(lambda remote: remote.devices(), then, failed)

    def roster(self, then: Callable[[Roster], None], failed: Callable[[Trouble], None]) -> None:
        """Ask which stations the business has and which codes let others in."""
        self._ask(_roster, then, failed)

    def make_code(self, wish: CodeWish, then: Callable[[Code], None], failed: Callable[[Trouble], None]) -> None:
        """Ask for a code that lets a station in."""
        self._ask(lambda remote: remote.make_code(wish), then, failed)

    def describe(
        self,
        device: str,
        facts: StationFacts,
        then: Callable[[KnownDevices], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Say what a station is called; gives all stations as they are then."""
        self._ask(lambda remote: remote.describe(device, facts), then, failed)

    def be_called(self, name: str) -> None:
        """Have a station that nobody gave a name called as its till is: a shop's computers have often all the same."""
        from omsdesk.sync.messages import StationFacts

        def question(remote: Remote) -> None:
            known = next((row for row in remote.devices().devices if row.device == self.device), None)
            if known is not None and known.name == computer_name():
                remote.describe(self.device, StationFacts(name))

        def failed(trouble: Trouble) -> None:
            _log.info("The service does not know what this station is called: %s", trouble.sentence)

        if name and self.service.is_enrolled:
            self._ask(question, lambda _: None, failed)

    def ask_who_is(self, till: str, then: Callable[[KnownDevice | None], None]) -> None:
        """Ask which other station is a till; gives None where there is none, or nobody can be asked now."""

        def told(known: KnownDevices) -> None:
            others = (row for row in known.devices if row.device != self.device and not row.retired_ms)
            then(next((row for row in others if row.till == till), None))

        if till and self.service.is_enrolled and self.state.phase is not Phase.OFFLINE:
            self.devices(told, lambda _: then(None))
        else:
            then(None)

    def retire(self, device: str, then: Callable[[KnownDevices], None], failed: Callable[[Trouble], None]) -> None:
        """Have the service let a station in no more; gives all stations as they are then."""

        def question(remote: Remote) -> KnownDevices:
            remote.retire(device)
            return remote.devices()

        self._ask(question, then, failed)

    def held(self, then: Callable[[HeldEntries], None], failed: Callable[[Trouble], None]) -> None:
        """Ask what the service does not tell before a manager looked at it."""
        self._ask(lambda remote: remote.held(), then, failed)

    def release(
        self, decision: Decision, then: Callable[[HeldEntries], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Have the service tell a change that it held; gives what it still holds."""
        self._ask(lambda remote: remote.release(decision), then, failed)

    def turn_away(
        self, decision: Decision, then: Callable[[HeldEntries], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Have the service tell a change that it held to nobody for good; gives what it still holds."""
        self._ask(lambda remote: remote.turn_away(decision), then, failed)

    # ------------------------------------------------------------------------------ what a till asks

    @property
    def is_enrolled(self) -> bool:
        """Whether there is a service to ask."""
        return self.service.is_enrolled

    def find_receipt(
        self, code: str, then: Callable[[list[ReceiptCopied]], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Ask for a receipt of whatever store, by its number or what its code carries."""
        self._ask(lambda remote: _receipts(remote, code), then, failed)

    def find_goods(
        self, products: Sequence[str], then: Callable[[list[InStore]], None], failed: Callable[[Trouble], None]
    ) -> None:
        """Ask what all stores have of some products."""
        self._ask(lambda remote: _goods(remote, products), then, failed)

    def _ask(
        self,
        question: Callable[[Remote], _Answer],
        then: Callable[[_Answer], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        self._try(lambda: self._asked(question), then, failed)

    def _asked(self, question: Callable[[Remote], _Answer]) -> _Answer:
        remote = self._line()
        try:
            return question(remote)
        finally:
            remote.close()

    def _try(
        self, task: Callable[[], _Answer], then: Callable[[_Answer], None], failed: Callable[[Trouble], None]
    ) -> None:
        def arrived(found: _Answer | Trouble) -> None:
            if self._is_stopped:
                # Nobody looks any more: what was done is known from the settings at the next start.
                return
            if isinstance(found, Trouble):
                failed(found)
            else:
                then(found)

        self._work.reach(lambda: _attempt(task), arrived)


def _roster(remote: Remote) -> Roster:
    from omsdesk.sync.failures import Refused
    from omsdesk.sync.messages import KnownCodes

    known = remote.devices()
    try:
        return Roster(known, remote.codes())
    except Refused:
        # A station that only sells may not ask for them, and an older service has no list.
        return Roster(known, KnownCodes())


def _receipts(remote: Remote, code: str) -> list[ReceiptCopied]:
    from omsdesk.domain.body import from_json
    from omsdesk.domain.other_store import ReceiptCopied
    from omsdesk.domain.receipt_code import number_in, sale_in
    from omsdesk.sync.messages import ReceiptWish

    number = number_in(code)
    found = remote.find_receipt(ReceiptWish(number, "" if number else sale_in(code)))
    facts = (from_json(ReceiptCopied.kind, row.version, row.body) for row in found.receipts)
    # Its document is read, too: what only a newer program can read nothing can come back of here.
    return [fact for fact in facts if isinstance(fact, ReceiptCopied) and fact.sold]


def _goods(remote: Remote, products: Sequence[str]) -> list[InStore]:
    from omsdesk.domain.values import Quantity
    from omsdesk.store.queries.in_stores import InStore
    from omsdesk.sync.messages import MOST_GOODS, GoodsWish

    wishes = [GoodsWish(tuple(products[at : at + MOST_GOODS])) for at in range(0, len(products), MOST_GOODS)]
    found = [row for wish in wishes for row in remote.find_goods(wish).levels]
    return [InStore(row.product, row.store, Quantity(row.on_hand), Quantity(row.kept)) for row in found]


def _load_courier() -> type[Courier]:
    import PySide6.QtNetwork  # noqa: F401 - for the network that comes back, while the window does not wait for it

    from omsdesk.sync.courier import Courier

    return Courier


def _attempt(task: Callable[[], _Answer]) -> _Answer | Trouble:
    """Do something that the world may spoil."""
    from omsdesk.domain.messages import UnknownEvent
    from omsdesk.store.engine import StoreFailure
    from omsdesk.sync.codes import NoCode
    from omsdesk.sync.failures import Refused
    from omsdesk.sync.keys import KeyUnavailable
    from omsdesk.sync.messages import Garbled
    from omsdesk.sync.turn import Unreachable

    try:
        return task()
    except Refused as refused:
        return Trouble(str(refused), refused.error)
    except (Unreachable, KeyUnavailable, NoCode, StoreFailure) as error:
        return Trouble(str(error))
    except Garbled as error:
        _log.warning("The service is not understood: %s", error)
        return Trouble("This program and the service do not understand each other. Update the older one.")
    except UnknownEvent:
        return Trouble("A newer version of this program wrote it. Update this station.")
    except OSError as error:
        return Trouble(f"The settings cannot be written ({error.strerror}). Check the folder of this station.")
    except Exception:  # noqa: BLE001 - whoever asked has to hear that there is no answer
        _log.exception("The service was asked in vain.")
        return Trouble("It did not work, and the log says why. Try it again.")
