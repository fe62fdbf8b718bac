"""A till of a shop that takes gift cards and lets customers pay later."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.account import AccountKind, AccountMoved, MoveReason, account_id
from omsdesk.domain.card_number import new_number
from omsdesk.domain.customer import Customer, SaveCustomer, SetTerms
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.store.database import Database
from omsdesk.store.queries import account as queries
from tests.ui.till.bench import euros
from tests.ui.till.shop import CARD, CASH, SHOP

BY_CARD = TenderMethod("gift_card", "Gift card", TenderKind.STORED)
LATER = TenderMethod("account", "On account", TenderKind.ACCOUNT)
BY_POINTS = TenderMethod("points", "Points", TenderKind.POINTS, point_value=5)
SHOP_OF_CARDS = replace(SHOP, tender_methods=(CASH, CARD, BY_CARD, LATER, BY_POINTS))
OPEN_FOR_CARDS = SaveShop(SHOP_OF_CARDS, ("tender_methods",))
NUMBER = new_number(b"a card of tests")
GIFT = account_id(AccountKind.GIFT_CARD, NUMBER)
ANNA = Customer("c-anna", "Anna Smith", credit_limit=euros("30.00"))
A_CUSTOMER = (SaveCustomer(ANNA), SetTerms(ANNA, ("credit_limit",)))


def heard(database: Database, account: str, amount: int, currency: str = "EUR") -> None:
    """Let something have moved on an account, at a till elsewhere."""
    document = f"elsewhere-{account}-{amount}"
    fact = AccountMoved(account, document, amount, currency, MoveReason.LOADED, "t9", document, "9A-000001")
    from omsdesk.actions.clock import SystemClock

    with database.transaction("anna", SystemClock().now()) as transaction:
        transaction.record(fact)


def balance(database: Database, account: str = GIFT) -> int:
    """What is on an account by now."""
    with_reader = database.reader()
    found = queries.account(with_reader, account)
    with_reader.close()
    return found.balance if found else 0
