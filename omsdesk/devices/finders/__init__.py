"""Who sees which devices are there: one file for each way to look."""
