"""From fact to rows, one file per noun; can be replayed from zero."""
