"""Scanners that send each code as text over a serial port, one of USB (CDC) or of the network."""
