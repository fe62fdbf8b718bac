"""The exchange with the service for people: how it stands, who takes part, and what somebody has to settle."""
