"""Pole displays that speak DSP-800."""
