"""Receipt printers that speak ESC/POS and say what they know of themselves, on any wire."""
