"""Every command that somebody can give is carried out by somebody."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from omsdesk.actions import handlers
from omsdesk.actions.handlers import handler_of
from omsdesk.domain.cash import CashCommand, CloseShift, MoveCash, OpenDrawer, OpenShift, TakeXReport
from omsdesk.domain.messages import Command
from omsdesk.domain.printing import AskPrint, PaperKind
from omsdesk.domain.sale import AddLine, SaleCommand
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import ONE
from tests.actions.every_command import every_command
from tests.domain.corner_shop import gbp
from tests.store.station import Station

DOMAIN = Path(handlers.__file__).parents[1] / "domain"


@pytest.mark.parametrize("command", every_command(), ids=lambda command: command.__name__)
def test_every_command_has_a_handler(command: type[Command]) -> None:
    assert callable(handler_of(command))


def test_the_walk_finds_every_command_that_is_written() -> None:
    written = set()
    for file in DOMAIN.glob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Command") for base in node.bases):
                written.add(node.name)
    assert {command.__name__ for command in every_command()} == written - {"SaleCommand", "CashCommand"}


def test_commands_of_one_noun_go_one_way() -> None:
    assert handler_of(AddLine) is handler_of(SaleCommand)
    assert {handler_of(cls) for cls in (OpenShift, MoveCash, OpenDrawer, TakeXReport, CloseShift)} == {
        handler_of(CashCommand)
    }


def test_every_handler_is_of_a_command() -> None:
    assert all(issubclass(cls, Command) for cls in handlers._HANDLERS)


def test_a_command_that_nobody_carries_out_is_a_fault_of_the_program() -> None:
    @dataclass(frozen=True, slots=True)
    class MakeTea(Command):
        cups: int

    with pytest.raises(TypeError, match="Nobody carries out MakeTea"):
        handler_of(MakeTea)


@pytest.mark.parametrize(
    "command",
    [
        MoveCash("shift-1", "m1", gbp("5.00"), "change"),
        OpenDrawer("shift-1", "o1", "change"),
        TakeXReport("shift-1", "x1"),
        MoveGoods("d1", "delivery", (Move("coffee", ONE, SUPPLIER, "shop:s1"),)),
        AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_handed_in_twice_a_command_is_carried_out_once(till: Station, command: Command) -> None:
    assert till.do(command).facts
    assert till.do(command).facts == ()


def test_a_shift_cannot_be_closed_twice(till: Station) -> None:
    till.do(CloseShift("shift-1", ()))
    assert "closed" in till.refusal(CloseShift("shift-1", ())).sentence
