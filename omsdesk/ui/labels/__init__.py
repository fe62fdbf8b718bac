"""The labels page: labels are drawn on a grid with a real product on them, and printed by the thousand."""
