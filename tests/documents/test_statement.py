"""A statement on paper: what stood there, what moved, what is left."""

from __future__ import annotations

from omsdesk.documents import pdf
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.plain import render
from omsdesk.documents.statement import Statement, StatementPart, StatementRow, statement_paper
from omsdesk.domain.values import Money, Stamp

NOON = Stamp(1_795_435_200_000, 0)


def gbp(amount: str) -> Money:
    return Money.of(amount, "GBP")


TO_PAY = StatementPart(
    "To pay",
    gbp("10.00"),
    gbp("22.50"),
    (
        StatementRow(NOON, "Bought, receipt 1A-000007", gbp("32.50"), gbp("42.50")),
        StatementRow(NOON, "Paid in", gbp("-20.00"), gbp("22.50")),
    ),
)
POINTS = StatementPart("Points", 0, 7, (StatementRow(NOON, "Earned", 7, 7),))


def statement(*parts: StatementPart) -> Statement:
    return Statement(
        letterhead=Letterhead("Corner Shop"),
        customer=("Anna Smith", "1 High Street"),
        first="2026-01-01",
        last="2026-11-23",
        at=NOON,
        parts=parts,
    )


def text(*parts: StatementPart) -> str:
    return str(render(statement_paper(statement(*parts))))


def test_money_and_points_each_have_their_part() -> None:
    written = text(TO_PAY, POINTS)
    for words in ("STATEMENT", "Anna Smith", "1 High Street", "1 Jan 2026 to 23 Nov 2026", "TO PAY", "POINTS"):
        assert words in written
    assert [word for word in ("10.00", "32.50", "42.50", "-20.00", "22.50") if word not in written] == []
    assert "Bought, receipt 1A-000007" in " ".join(written.split())


def test_where_nothing_moved_it_says_so() -> None:
    assert "Nothing moved" in text()


def test_it_is_a_pdf() -> None:
    assert pdf.render(statement_paper(statement(TO_PAY)), title="Statement").payload.startswith(b"%PDF")
