"""Whose sale it is."""
