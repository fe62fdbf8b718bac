"""Figures and reports a manager reads."""
