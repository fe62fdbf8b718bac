"""One folder per technology; drivers know bytes and statuses, never shop words."""
