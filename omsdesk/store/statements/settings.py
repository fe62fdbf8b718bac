"""The settings page: also those who do not work here any more."""

from __future__ import annotations

from sqlalchemy import select

from omsdesk.store.tables.shop import person

EVERYBODY = select(person.c.body).order_by(person.c.is_active.desc(), person.c.name)
