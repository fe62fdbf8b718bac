"""Scanners that speak USB's own language for scanners, usage page 0x8C of HID Point of Sale."""
