"""The stores of a business side by side: what each took, and how its tills stand."""
