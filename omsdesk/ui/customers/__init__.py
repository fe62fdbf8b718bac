"""The customers page: who buys, what they are given, what they bought and owe."""
