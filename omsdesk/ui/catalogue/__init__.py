"""Products: where a manager keeps the catalogue."""
