"""Webshops and marketplaces: their orders become our commands, our stock goes to their API, their files are read."""
