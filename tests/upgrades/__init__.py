"""Databases of releases come up to date, wherever that is cut off."""
