"""Label printers that the system drives, Dymo, Brother and any other: a PDF page of its size for each label."""
