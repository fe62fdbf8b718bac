"""One file per protocol step, the halves of client and server side by side."""
