"""Scales that speak NCI, as Weigh-Tronix, Avery Brecknell and many postal scales do."""
