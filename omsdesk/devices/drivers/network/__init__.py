"""ESC/POS printers on the network, spoken to on raw TCP port 9100."""
