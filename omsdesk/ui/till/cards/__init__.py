"""Gift cards, store credit and customers' accounts, at the till."""
