"""What became of a mail, in words."""

from __future__ import annotations

from omsdesk.domain.mailing import MailState
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.mailing import Mail
from omsdesk.ui.sync_words import clock_time

IN_TROUBLE = {MailState.DEFERRED, MailState.UNKNOWN, MailState.FAILED}

STATE_WORDS = {
    MailState.QUEUED: "Waits to be sent",
    MailState.DEFERRED: "Not sent yet; tried again by itself",
    MailState.SENDING: "Is being sent",
    MailState.SENT: "Sent",
    MailState.UNKNOWN: "Not known: did it arrive?",
    MailState.FAILED: "Not sent",
    MailState.CANCELLED: "Not wanted any more",
}
"""What a person reads for each state of a mail."""

_SHORT = {
    MailState.QUEUED: "e-mail waits",
    MailState.DEFERRED: "e-mail waits",
    MailState.SENDING: "is being mailed",
    MailState.UNKNOWN: "did the e-mail arrive?",
    MailState.FAILED: "e-mail not sent",
    MailState.CANCELLED: "",
}


def told(mail: Mail, now: Stamp) -> str:
    """Say what became of a mail in a few words: ``mailed 14:02``."""
    if mail.state is MailState.SENT:
        return f"mailed {clock_time(mail.noted_ms, now)}"
    return _SHORT[mail.state]
