"""Receipts: looked at, printed again, saved; what did not come out."""
