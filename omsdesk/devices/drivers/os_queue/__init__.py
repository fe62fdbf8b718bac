"""Printers that the system drives: a job is handed over, and what becomes of it is asked of the queue."""
