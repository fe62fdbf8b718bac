"""What the exchange with the service is called: a word and a sentence for each state of it."""

from __future__ import annotations

from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.theme import Tone

PATIENCE_MS = 15_000
"""What waits for less than this is on its way, and nobody has to hear of it."""
MUCH = 100
"""Entries of others that take long enough to be worth a word."""

SHARED_TILL = (
    "Both go on selling, each in a receipt series of its own, but they share one drawer, one shift and one report. "
    "To settle it, choose another till for one of them under Settings, Tills; "
    "one that is gone for good is retired under Stations."
)
_MINUTE, _HOUR = 60, 3600
_ALONE = "Everything is kept on this computer. Nothing is sent anywhere, and nothing waits to be sent."
_OFFLINE = "Everything is kept on this computer, and is sent by itself once the service answers."


@record
class Told:
    """A state in words: a label, an icon, a tone, and a sentence that says what to do; ``more`` where there is room."""

    label: str
    icon: str
    tone: Tone
    sentence: str
    more: str = ""


def told(state: SyncState, now: Stamp) -> Told:
    """Say how the exchange stands at a moment."""
    match state.phase:
        case Phase.OFF:
            return Told("This till only", "monitor", Tone.NEUTRAL, _ALONE)
        case Phase.REFUSED:
            more = f"{state.sentence} {_next_try(state, now)}"
            return Told("Sync stopped", "cloud-off", Tone.BAD, state.sentence, more)
        case Phase.OFFLINE:
            label = f"Offline: {_waiting(state, now)}" if state.waiting else "Offline: work goes on"
            next_try = _next_try(state, now)
            sentence = f"{_briefly(state, now)}{next_try} {state.sentence}"
            return Told(label, "cloud-off", Tone.WARN, sentence, f"{state.sentence} {next_try} {_OFFLINE}")
    if not state.last_contact_ms:
        return Told("Connecting", "refresh-cw", Tone.NEUTRAL, "The service is being asked for the first time today.")
    if state.phase is Phase.WAITING:
        label = _waiting(state, now) if state.waiting else "Sync waits"
        return Told(label, "hourglass", Tone.WARN, f"{state.sentence} {_next_try(state, now)}")
    if state.waiting and now.utc_ms - state.waiting_since_ms > PATIENCE_MS:
        return Told(_waiting(state, now), "upload", Tone.WARN, f"{changes(state.waiting)} are being sent.")
    if state.lag > MUCH:
        sentence = f"{changes(state.lag)} of other stations are still to be heard. Work goes on meanwhile."
        return Told("Catching up", "download", Tone.NEUTRAL, sentence)
    sentence = f"This station and the service know the same, as of {clock_time(state.last_contact_ms, now)}."
    return Told("Synced", "cloud-check", Tone.OK, sentence)


def changes(count: int) -> str:
    """Count changes: ``1 change``, ``1,200 changes``."""
    return "1 change" if count == 1 else f"{count:,} changes"


def clock_time(moment_ms: int, now: Stamp) -> str:
    """Write a moment as people here say it: the time, with the day where it is not today."""
    local = Stamp(moment_ms, now.offset_minutes).local
    if local.date() == now.local.date():
        return f"{local:%H:%M}"
    days = (now.local.date() - local.date()).days
    if days == -1:
        return f"tomorrow {local:%H:%M}"
    return f"{local:%a %H:%M}" if 0 < days < 7 else f"{local:%Y-%m-%d %H:%M}"


def ago(moment_ms: int, now: Stamp) -> str:
    """Say how long ago something was, as long as that is easier to grasp than the time: ``3 min ago``, ``14:32``."""
    seconds = (now.utc_ms - moment_ms) // 1000
    if not -_MINUTE <= seconds < _HOUR:
        # A clock that differs by more than a minute is better shown than hidden.
        return clock_time(moment_ms, now)
    return f"{seconds // _MINUTE} min ago" if seconds >= _MINUTE else "just now"


def last_heard(name: str, seen_ms: int, now: Stamp) -> str:
    """Name a station and when the service heard of it last: ``Front desk (last heard of 3 min ago)``."""
    seen = f"last heard of {ago(seen_ms, now)}" if seen_ms else "not heard of yet"
    return f"{name or 'Another computer'} ({seen})"


def left(until_ms: int, now: Stamp) -> str:
    """Say how long something still holds: ``23 h 59 min``, ``12 min``, ``40 s``."""
    seconds = max(0, until_ms - now.utc_ms) // 1000
    if seconds < _MINUTE:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // _MINUTE, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _waiting(state: SyncState, now: Stamp) -> str:
    return f"{state.waiting:,} waiting since {clock_time(state.waiting_since_ms, now)}"


def _briefly(state: SyncState, now: Stamp) -> str:
    if not state.waiting:
        return ""
    verb = "waits" if state.waiting == 1 else "wait"
    return f"{changes(state.waiting)} {verb} since {clock_time(state.waiting_since_ms, now)}. "


def _next_try(state: SyncState, now: Stamp) -> str:
    seconds = -((now.utc_ms - state.next_try_ms) // 1000)
    if not state.next_try_ms or seconds <= 0:
        return "It is being tried now."
    return f"Tries again in {seconds} s." if seconds < 100 else f"Tries again in {round(seconds / 60)} min."
