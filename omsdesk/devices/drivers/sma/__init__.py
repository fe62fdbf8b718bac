"""Scales that speak SMA SCP-0499, the protocol that scale makers agreed on."""
