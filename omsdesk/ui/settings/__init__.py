"""Setting up the shop, its people and this computer."""
