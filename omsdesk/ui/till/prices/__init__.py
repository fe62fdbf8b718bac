"""What is taken off: by hand, by coupons, by offers."""
