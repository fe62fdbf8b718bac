"""What a status says to a person."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.devices.ports import Condition, Delivery, DeviceError, ErrorCode, PrinterStatus
from omsdesk.devices.spooler import STATE_WORDS
from omsdesk.domain.printing import PrintState

DEVICES = Path(__file__).parents[2] / "omsdesk" / "devices"


@pytest.mark.parametrize("condition", Condition)
def test_every_condition_has_a_sentence_that_ends(condition: Condition) -> None:
    sentence = PrinterStatus.of(condition).sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper()


def test_only_a_printer_with_paper_can_print() -> None:
    able = {condition for condition in Condition if PrinterStatus.of(condition).can_print}
    assert able == {Condition.READY, Condition.PAPER_LOW}


def test_every_state_of_a_job_has_its_words() -> None:
    assert set(STATE_WORDS) == set(PrintState)
    assert len(set(STATE_WORDS.values())) == len(PrintState)


def test_a_delivery_tells_how_the_printer_is() -> None:
    done = Delivery(PrintState.PRINTED, condition=Condition.PAPER_LOW)
    assert done.status == PrinterStatus.of(Condition.PAPER_LOW)
    failed = Delivery(PrintState.FAILED, "The printer at 10.0.0.9 does not answer.", Condition.OFFLINE)
    assert failed.status == PrinterStatus(Condition.OFFLINE, "The printer at 10.0.0.9 does not answer.")


def test_an_error_carries_its_sentence_and_how_much_had_left() -> None:
    fault = DeviceError(ErrorCode.FAILURE, "The connection to the printer was lost.", 200)
    assert (str(fault), fault.sent_bytes) == ("The connection to the printer was lost.", 200)


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """List what is said where a device fails, with the line in which it stands."""
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "DeviceError":
            said = named.get(node.args[1].id) if isinstance(node.args[1], ast.Name) else node.args[1]
            if ast.unparse(node.args[0]) != "ErrorCode.CLOSED" and isinstance(said, ast.Constant | ast.JoinedStr):
                yield node.lineno, ast.unparse(said)


@pytest.mark.parametrize("path", sorted(DEVICES.rglob("*.py")), ids=lambda path: path.name)
def test_each_fault_says_what_happened_and_what_to_do(path: Path) -> None:
    for line, said in _texts(ast.parse(path.read_text(encoding="utf-8"))):
        # A sentence that is put together of two has the first one in braces.
        assert ". " in said or "} " in said, f"{path}:{line} says what is wrong and not what to do: {said}"
