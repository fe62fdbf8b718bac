"""Cameras, whose pictures are looked through for barcodes."""
