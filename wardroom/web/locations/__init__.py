"""Screens of the locations."""
