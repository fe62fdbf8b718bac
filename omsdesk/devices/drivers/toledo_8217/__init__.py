"""Scales that speak Toledo 8217, the protocol of most American counter scales."""
