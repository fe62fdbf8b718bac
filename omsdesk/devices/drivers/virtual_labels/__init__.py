"""A label printer on the screen, so that labels can be tried and taught without one."""
