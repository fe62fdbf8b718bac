"""What an article asks before it is sold: its age, weight, numbers, extras, variant, price."""
