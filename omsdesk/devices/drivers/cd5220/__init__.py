"""Pole displays that speak CD5220, the protocol of most of them."""
