"""Qt, and nothing but Qt: what a person sees, hears and touches."""
