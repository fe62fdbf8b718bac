"""What can be asked is asked in one way each."""

from __future__ import annotations

from omsdesk.server.http.operations import OPERATIONS


def test_every_question_has_a_name_and_a_place_of_its_own() -> None:
    assert len({operation.name for operation in OPERATIONS}) == len(OPERATIONS)
    assert len({(operation.method, operation.path) for operation in OPERATIONS}) == len(OPERATIONS)
    assert [operation.name for operation in OPERATIONS if operation.is_for_strangers] == ["enrol"]
