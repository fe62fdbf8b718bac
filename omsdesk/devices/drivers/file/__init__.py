"""A folder instead of a printer: every job becomes a file."""
