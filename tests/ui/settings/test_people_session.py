"""Who may be saved as what, before anything is sent."""

from __future__ import annotations

import pytest

from omsdesk.domain.people import Role
from omsdesk.ui.settings.people_session import ROLES, PersonDraft, problems


def test_every_role_is_explained() -> None:
    assert set(ROLES) == set(Role)


@pytest.mark.parametrize(
    ("draft", "has_pin", "fields"),
    [
        (PersonDraft("Carla", pin="1234", pin_again="1234"), False, set()),
        (PersonDraft("Carla"), True, set()),
        (PersonDraft("Carla", is_active=False), False, set()),
        (PersonDraft("  ", pin="1234", pin_again="1234"), False, {"name"}),
        (PersonDraft("Carla"), False, {"pin"}),
        (PersonDraft("Carla", pin="123", pin_again="123"), True, {"pin"}),
        (PersonDraft("Carla", pin="123456789", pin_again="123456789"), True, {"pin"}),
        (PersonDraft("Carla", pin="12a4", pin_again="12a4"), True, {"pin"}),
        (PersonDraft("Carla", pin="1234", pin_again="4321"), True, {"pin_again"}),
        (PersonDraft("Carla", pin_again="4321"), True, {"pin_again"}),
    ],
)
def test_a_pin_is_right_or_its_field_is_named(draft: PersonDraft, has_pin: bool, fields: set[str]) -> None:
    assert set(problems(draft, has_pin=has_pin)) == fields
