"""One protocol per device class, a spooler, and drivers by technology."""
