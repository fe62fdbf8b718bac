"""The devices of this station: what is found, what plays which role, and how it is."""
