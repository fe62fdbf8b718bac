"""Screens that face the customer."""
