"""Where a station that is no till begins: what it is, and who works at it."""
