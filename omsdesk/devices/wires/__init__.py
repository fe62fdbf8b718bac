"""Bytes to and from a device: a port for each technology, each wait with its deadline."""
