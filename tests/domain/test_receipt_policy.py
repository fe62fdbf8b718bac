"""What a shop hands out before anybody chooses."""

from __future__ import annotations

from omsdesk.domain.receipt_policy import Paper, ReceiptPolicy


def test_paper_for_everybody_and_an_email_for_who_agreed() -> None:
    usual = ReceiptPolicy()
    assert usual.paper(is_agreed=False) is Paper.PRINT
    assert usual.paper(is_agreed=True) is Paper.MAIL


def test_a_shop_may_want_it_otherwise() -> None:
    own = ReceiptPolicy(Paper.NONE, Paper.BOTH)
    assert [own.paper(is_agreed=agreed) for agreed in (False, True)] == [Paper.NONE, Paper.BOTH]


def test_what_is_printed_and_what_is_mailed() -> None:
    assert {paper for paper in Paper if paper.is_printed} == {Paper.PRINT, Paper.BOTH}
    assert {paper for paper in Paper if paper.is_mailed} == {Paper.MAIL, Paper.BOTH}
