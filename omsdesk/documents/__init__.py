"""Receipt, invoice, label, packing slip as data; rendered to ESC/POS, ZPL, PDF, text."""
