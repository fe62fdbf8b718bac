"""Labels as data: sizes, fields and codes, laid out in whole dots and written for every label printer."""
