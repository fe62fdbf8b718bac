"""Promotions as a manager makes them: what is offered, on what, when, and what it does."""
