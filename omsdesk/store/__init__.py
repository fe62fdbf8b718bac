"""The local database: the journal, the tables made from it, and the questions asked of them."""
