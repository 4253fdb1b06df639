"""Screens of the data."""
