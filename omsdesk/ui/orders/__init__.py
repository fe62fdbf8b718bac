"""The orders page: what is open, what is over its day, what is to be given back, what is promised and not there."""
