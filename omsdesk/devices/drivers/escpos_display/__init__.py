"""Pole displays that speak ESC/POS, as those of Epson do."""
