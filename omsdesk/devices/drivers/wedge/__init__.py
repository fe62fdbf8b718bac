"""Scanners that are keyboards: what they send comes through the window's ear (``ui/keyboard.py``)."""
