"""Who agrees to what somebody may not do alone."""
