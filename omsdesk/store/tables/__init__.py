"""The shape of the database, one file per noun, as SQLAlchemy tables."""
