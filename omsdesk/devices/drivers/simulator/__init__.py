"""A receipt printer without hardware: it paints its paper as a picture and can be out of order at will."""
