"""A display of two lines on the screen, so that one can be tried and taught without it."""
