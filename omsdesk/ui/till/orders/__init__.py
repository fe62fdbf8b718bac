"""Sales that become orders, are paid in parts and handed over."""
