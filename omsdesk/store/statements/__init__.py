"""Every SQL statement, written once with SQLAlchemy Core, one file per noun."""
