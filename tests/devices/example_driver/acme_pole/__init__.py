"""A driver of somebody else's, as CONTRIBUTING.md describes it."""
