"""Wardroom: the operations room of a mayor's community-relations office."""

__version__ = "0.1.0"
