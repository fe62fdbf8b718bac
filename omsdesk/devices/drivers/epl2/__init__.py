"""Older Eltron and Zebra desk printers that speak EPL2: they are sent labels and asked nothing."""
