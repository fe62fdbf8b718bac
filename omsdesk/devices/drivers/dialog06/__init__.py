"""Scales that speak Dialog06, the protocol of European checkout scales."""
