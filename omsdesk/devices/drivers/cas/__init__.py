"""Counter scales of CAS: AP, AD, ER, PD and those that speak like them."""
