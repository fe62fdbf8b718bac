"""A scale on the screen, to try, teach and show with."""
