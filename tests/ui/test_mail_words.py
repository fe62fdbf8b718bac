"""What became of a mail, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.mailing import Letter, MailState
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.mailing import Mail
from omsdesk.ui.mail_words import STATE_WORDS, told

NOW = Stamp(1785249120000, 60)
MAIL = Mail("m1", Letter.RECEIPT, "s1", "", "", "", MailState.SENT, "", 1, NOW, NOW.utc_ms)


def test_a_mail_that_was_taken_says_when() -> None:
    assert told(MAIL, NOW) == "mailed 15:32"


@pytest.mark.parametrize("state", MailState)
def test_every_state_has_words(state: MailState) -> None:
    assert STATE_WORDS[state]
    said = told(replace(MAIL, state=state), NOW)
    assert bool(said) == (state is not MailState.CANCELLED)
