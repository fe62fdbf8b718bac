"""What the customer sees: on a pole of two lines, or on a screen of their own."""
