"""Each fact goes where it is needed."""

from __future__ import annotations

import omsdesk.store.projections.all_nouns  # noqa: F401 - so that every kind is known
from omsdesk.domain.messages import known_kinds
from omsdesk.sync.scopes import EVERYWHERE, HEAD_OFFICE, hears, scope_of, scopes_of


def test_goods_people_and_shops_are_known_everywhere() -> None:
    for kind in ("catalogue.products_saved", "catalogue.prices_set", "people.saved", "shop.till_saved"):
        assert scope_of(kind, "s1") == EVERYWHERE


def test_what_happens_in_a_store_stays_in_the_store() -> None:
    for kind in ("sale.completed", "cash.shift_closed", "stock.goods_moved", "something.new"):
        assert scope_of(kind, "s1") == "s1"


def test_print_jobs_and_mails_are_nobody_elses_business() -> None:
    assert scope_of("print.asked", "s1") is None
    assert scope_of("mail.asked", "s1") is None


def test_every_fact_is_heard_by_the_store_it_comes_from_or_by_its_station_alone() -> None:
    for kind in known_kinds():
        scope = scope_of(kind, "s1")
        assert scope in scopes_of("s1") or kind.startswith(("label.", "print.", "mail.")), kind


def test_a_feed_is_for_its_store_and_for_who_belongs_to_all() -> None:
    assert [scope for scope in ("", "s1", "s2", "*") if hears("s1", scope)] == ["", "s1"]
    assert [scope for scope in ("", "s1", "s2", "*") if hears(HEAD_OFFICE, scope)] == ["", "s1", "s2", "*"]
    assert all(hears(store, scope) for store in ("s1", HEAD_OFFICE) for scope in scopes_of(store, ("s1", "s2")))
