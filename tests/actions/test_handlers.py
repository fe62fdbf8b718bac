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
from omsdesk.domain.printing import AskPrint, NotePrint, PaperKind, PrintAsked, PrintState
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.sale_command import AddLine, SaleCommand
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import ONE
from omsdesk.store import journal
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
    assert {command.__name__ for command in every_command()} == written - {"SaleCommand", "CashCommand", "OrderCommand"}


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


def copies(till: Station) -> list[bool]:
    facts = [entry.fact for entry in journal.since(till.database.writer, 0)]
    return [fact.is_copy for fact in facts if isinstance(fact, PrintAsked) and fact.paper is PaperKind.RECEIPT]


@pytest.mark.parametrize(
    ("paper", "marked"),
    [
        (Paper.PRINT, [False, True, True]),
        (Paper.PDF, [False, True]),
        (Paper.NONE, [False, True]),
    ],
)
def test_the_first_receipt_on_paper_is_the_original(till: Station, paper: Paper, marked: list[bool]) -> None:
    till.sell("sale-1", paper=paper)
    for job in ("j1", "j2"):
        till.do(AskPrint(job, "t1", PaperKind.RECEIPT, "sale-1"))
    assert copies(till) == marked


def test_two_in_one_breath_are_an_original_and_a_copy(till: Station) -> None:
    till.sell("sale-1")
    till.do(*(AskPrint(job, "t1", PaperKind.RECEIPT, "sale-1") for job in ("j1", "j2")))
    assert copies(till) == [False, True]


def test_a_job_that_was_cancelled_never_was_an_original(till: Station) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    till.do(NotePrint("sale-1:receipt", PrintState.CANCELLED))
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"))
    assert copies(till) == [False, False]


def test_what_may_have_come_out_was_an_original(till: Station) -> None:
    till.sell("sale-1", paper=Paper.PRINT)
    till.do(NotePrint("sale-1:receipt", PrintState.UNKNOWN))
    till.do(AskPrint("j1", "t1", PaperKind.RECEIPT, "sale-1"))
    assert copies(till) == [False, True]


def test_a_report_that_followed_from_the_close_is_printed_again_as_a_copy(till: Station) -> None:
    till.do(TakeXReport("shift-1", "x1"))
    done = till.do(AskPrint("j1", "t1", PaperKind.SHIFT_REPORT, "x1"))
    assert [fact.is_copy for fact in done.facts if isinstance(fact, PrintAsked)] == [True]


def test_a_shift_cannot_be_closed_twice(till: Station) -> None:
    till.do(CloseShift("shift-1", ()))
    assert "closed" in till.refusal(CloseShift("shift-1", ())).sentence
