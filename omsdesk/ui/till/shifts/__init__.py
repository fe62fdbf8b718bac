"""The drawer and the day: opening, money in and out, the count, the reports."""
