"""The till: where a cashier rings up sales."""
