"""How the service's tables came to be, step by step; the same steps for both databases."""
