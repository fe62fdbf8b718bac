"""E-mail: messages made of documents, and the dialogue with a mail server that never sends one twice by itself."""
