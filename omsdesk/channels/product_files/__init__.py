"""Product lists that other systems export, read as a stream of product rows and problems."""
