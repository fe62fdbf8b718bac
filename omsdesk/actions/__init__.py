"""Does one command: load, decide, journal and project in one transaction, report what changed."""
