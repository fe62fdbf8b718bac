"""Label printers of TSC and the many that speak their language TSPL: asked how they are, and whether they print."""
