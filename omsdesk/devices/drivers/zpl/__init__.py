"""Zebra's label printers and others that speak ZPL II: asked how they are, and how many labels are left."""
