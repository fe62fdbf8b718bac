"""What can be asked of the service: each question once, for the routes and for the description alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

from omsdesk.server import questions
from omsdesk.server.enrolment import VALID_MS, NotLetIn
from omsdesk.server.http import shapes
from omsdesk.server.http.errors import NOT_FOUND, Refused
from omsdesk.server.http.service import Service
from omsdesk.server.ledger import Caller, NotEnrolled
from omsdesk.server.questions import NoTables
from omsdesk.server.snapshots import NoCopy
from omsdesk.store.engine import Connection
from omsdesk.sync import messages
from omsdesk.sync.messages import Complaint

WORTH_A_COPY = 5_000
"""Places in the feeds of a station below which hearing them all takes no longer than fetching a copy."""

_Answer = TypeVar("_Answer")
_Decide = Callable[[Caller, int, int, str], Awaitable[bool]]


class Call(NamedTuple):
    """A request whose sender is known: what was asked, by whom, from where."""

    caller: Caller
    message: Any
    parameters: dict[str, str]
    address: str
    signature: str
    gone: Callable[[], Awaitable[Any]]
    """Returns when the connection ends."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A question: how it is asked, what it does, and what comes back."""

    method: str
    path: str
    name: str
    summary: str
    does: Callable[[Service, Call], Awaitable[object]]
    answer: type
    shape: type | None = None
    message: type | None = None
    is_for_strangers: bool = False
    is_for_managers: bool = False
    """Stations that only sell may not ask it; to leave by themselves they may."""
    is_patient: bool = False
    """It waits for something else than work, and so takes no place among those who are at work."""
    refusals: tuple[int, ...] = ()
    """Statuses beyond those that every question can have."""


# ---- being let in


async def _enrol(service: Service, call: Call) -> messages.Enrolled:
    wish: messages.Enrolment = call.message
    # Taken first, so that many tries at the same moment count as many.
    service.wrong_codes.take(call.address, "Too many codes were tried. Wait a minute, then type the code once more.")
    try:
        let_in = await service.registrar.enrol(wish)
    except NotLetIn:
        raise
    except BaseException:
        service.wrong_codes.give_back(call.address)
        raise
    # Only a code that was not accepted counts.
    service.wrong_codes.give_back(call.address)
    service.keys.forget(let_in.device)
    return let_in


async def _make_code(service: Service, call: Call) -> messages.Code:
    wish: messages.CodeWish = call.message
    made = service.made_codes.get(call.signature)
    if made is None:
        expires = service.now() + VALID_MS
        wish = replace(wish, made_by=wish.made_by or call.caller.device)
        code = await service.registrar.make_code(call.caller.tenant, wish)
        made = service.made_codes.keep(call.signature, messages.Code(code, expires))
    return made


async def _codes(service: Service, call: Call) -> messages.KnownCodes:
    return messages.KnownCodes(tuple(await service.registrar.codes(call.caller.tenant)))


async def _devices(service: Service, call: Call) -> messages.KnownDevices:
    return messages.KnownDevices(tuple(await service.registrar.devices(call.caller.tenant)))


async def _describe(service: Service, call: Call) -> messages.KnownDevices:
    facts: messages.StationFacts = call.message
    await service.registrar.rename(call.caller.tenant, call.parameters["device"], facts.name)
    return await _devices_with(service, call)


async def _claim_till(service: Service, call: Call) -> messages.TillClaimed:
    return await service.registrar.claim_till(*call.caller, call.message)


async def _retire(service: Service, call: Call) -> messages.KnownDevices:
    tenant, device = call.caller.tenant, call.parameters["device"]
    await service.registrar.retire(tenant, device)
    service.keys.forget(device)
    service.hints.send_away(tenant, device)
    return await _devices_with(service, call)


async def _devices_with(service: Service, call: Call) -> messages.KnownDevices:
    known = await _devices(service, call)
    if all(one.device != call.parameters["device"] for one in known.devices):
        raise Refused(404, NOT_FOUND, "There is no such station in this business.")
    return known


async def _held(service: Service, call: Call) -> messages.HeldEntries:
    return await service.ledger.held(call.caller.tenant)


async def _release(service: Service, call: Call) -> messages.HeldEntries:
    try:
        await _decide(service, call, service.ledger.release, "released")
    except NotEnrolled:
        sentence = "The station that wrote this is let in no more. Let it in again, or turn the change away."
        raise Refused(404, NOT_FOUND, sentence) from None
    service.note_news(call.caller.tenant)
    return await _held(service, call)


async def _turn_away(service: Service, call: Call) -> messages.HeldEntries:
    await _decide(service, call, service.ledger.turn_away, "turned_away")
    return await _held(service, call)


async def _decide(service: Service, call: Call, decide: _Decide, word: str) -> None:
    made: messages.Decision = call.message
    owner = Caller(call.caller.tenant, made.device)
    if not await decide(owner, made.epoch, made.number, made.decided_by or call.caller.device):
        raise Refused(404, NOT_FOUND, "Nothing is held there; somebody may have looked at it already.")
    service.metrics.decided.add(decision=word)


# ---- the exchange


async def _take(service: Service, call: Call) -> messages.Answer:
    run: messages.Run = call.message
    try:
        answer = await service.ledger.receive(call.caller, run)
    except NotEnrolled as error:
        raise await _why_not(service, call.caller, error) from None
    service.metrics.taken.add(len(run.entries))
    if run.entries:
        service.note_news(call.caller.tenant)
    return answer


async def _rescue(service: Service, call: Call) -> messages.Rescued:
    strays: messages.Strays = call.message
    try:
        count = await service.ledger.rescue(call.caller, strays.entries)
    except NotEnrolled as error:
        raise await _why_not(service, call.caller, error) from None
    if count:
        service.note_news(call.caller.tenant)
    return messages.Rescued(count)


async def _part(service: Service, call: Call) -> messages.Part:
    store = await service.registrar.store_of(*call.caller)
    if store is None:
        raise await _why_not(service, call.caller, NotEnrolled("This station is not enrolled."))
    ends = await service.ledger.ends(call.caller.tenant, store)
    if sum(ends.values()) < WORTH_A_COPY:
        raise Refused(404, Complaint.NO_COPY, "There is little to hear: hear it from the beginning.")
    try:
        return await service.snapshots.part(call.caller.tenant, store, call.message)
    except NoCopy as error:
        raise Refused(404, Complaint.NO_COPY, f"{error} Hear everything from the beginning.") from None


async def _find_receipt(service: Service, call: Call) -> messages.ReceiptFound:
    service.receipts_asked.take(
        call.caller.device, "Too many receipts of other stores were asked for. Wait a minute, then ask once more."
    )
    return await _look_up(service, call, questions.receipts)


async def _find_goods(service: Service, call: Call) -> messages.GoodsFound:
    return await _look_up(service, call, questions.goods)


async def _look_up(service: Service, call: Call, look: Callable[[Connection, Any], _Answer]) -> _Answer:
    # Whoever keeps the tables may not have been told of what was pushed this moment.
    service.on_news(call.caller.tenant)
    try:
        return await service.questions.answer(
            call.caller.tenant, lambda reader: look(reader, call.message), service.gate.enter
        )
    except NoTables as error:
        raise Refused(404, Complaint.NO_TABLES, str(error)) from None


async def _tell(service: Service, call: Call) -> messages.Heard:
    wanted: messages.Wanted = call.message
    try:
        heard = await service.ledger.tell(call.caller, wanted)
    except NotEnrolled as error:
        raise await _why_not(service, call.caller, error) from None
    service.metrics.told.add(len(heard.items))
    return heard


async def _hint(service: Service, call: Call) -> messages.Places:
    heard: dict[str, int] = call.message.feeds
    async with service.gate.enter():
        await service.note(call.caller)
        try:
            await service.ledger.check_feeds(call.caller, heard)
        except NotEnrolled as error:
            raise await _why_not(service, call.caller, error) from None
    news = await service.hints.wait(call.caller, heard, call.gone)
    await service.keys.known(call.caller.device)
    return messages.Places(news)


async def _why_not(service: Service, caller: Caller, error: NotEnrolled) -> Refused:
    """Tell a device that was retired this moment from one that asks for what is not its own."""
    service.keys.forget(caller.device)
    try:
        await service.keys.known(caller.device)
    except Refused as refused:
        return refused
    return Refused(403, Complaint.NOT_ALLOWED, str(error))


OPERATIONS = (
    Operation(
        "POST", "/v1/enrolments", "enrol", "Let a station in by a code", _enrol, messages.Enrolled,
        shapes.Enrolment, messages.Enrolment, is_for_strangers=True,
    ),
    Operation(
        "POST", "/v1/runs", "push", "Take entries of a journal", _take, messages.Answer,
        shapes.Run, messages.Run,
    ),
    Operation(
        "POST", "/v1/rescues", "rescue", "Take back what was lost", _rescue, messages.Rescued,
        shapes.Strays, messages.Strays,
    ),
    Operation(
        "POST", "/v1/feeds", "pull", "Tell what follows in a feed", _tell, messages.Heard,
        shapes.Wanted, messages.Wanted,
    ),
    Operation(
        "POST", "/v1/snapshots", "copy", "Give a piece of a copy of a store's tables", _part, messages.Part,
        shapes.PartWish, messages.PartWish, refusals=(404,),
    ),
    Operation(
        "POST", "/v1/hints", "wait", "Wait until a feed goes further", _hint, messages.Places,
        shapes.Places, messages.Places, is_patient=True,
    ),
    Operation(
        "POST", "/v1/receipts", "find_receipt", "Find a receipt of any store by its number", _find_receipt,
        messages.ReceiptFound, shapes.ReceiptWish, messages.ReceiptWish, is_patient=True, refusals=(404,),
    ),
    Operation(
        "POST", "/v1/goods", "find_goods", "Tell what the stores have of some products", _find_goods,
        messages.GoodsFound, shapes.GoodsWish, messages.GoodsWish, is_patient=True, refusals=(404,),
    ),
    Operation(
        "POST", "/v1/codes", "make_code", "Make a code that lets a station in", _make_code, messages.Code,
        shapes.CodeWish, messages.CodeWish, is_for_managers=True,
    ),
    Operation(
        "GET", "/v1/codes", "codes", "List the codes that have not expired, and who made them", _codes,
        messages.KnownCodes, is_for_managers=True,
    ),
    Operation(
        "GET", "/v1/devices", "devices", "List the stations of the business", _devices, messages.KnownDevices
    ),
    Operation(
        "PUT", "/v1/devices/{device}", "describe", "Say what a station is called", _describe,
        messages.KnownDevices, shapes.StationFacts, messages.StationFacts, is_for_managers=True, refusals=(404,),
    ),
    Operation(
        "PUT", "/v1/till", "claim_till", "Say which till this station is", _claim_till, messages.TillClaimed,
        shapes.TillClaim, messages.TillClaim,
    ),
    Operation(
        "DELETE", "/v1/devices/{device}", "retire", "Let a station in no more", _retire, messages.KnownDevices,
        is_for_managers=True, refusals=(404,),
    ),
    Operation("GET", "/v1/held", "held", "List what is not told before a manager looked at it", _held,
        messages.HeldEntries),
    Operation(
        "POST", "/v1/releases", "release", "Tell an entry that was held", _release, messages.HeldEntries,
        shapes.Decision, messages.Decision, is_for_managers=True, refusals=(404,),
    ),
    Operation(
        "POST", "/v1/refusals", "turn_away", "Tell an entry that was held to nobody for good", _turn_away,
        messages.HeldEntries, shapes.Decision, messages.Decision, is_for_managers=True, refusals=(404,),
    ),
)  # fmt: skip
"""Everything that is asked with a signature."""
