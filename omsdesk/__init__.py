"""A point-of-sale and order-management desktop for shops, local-first."""
