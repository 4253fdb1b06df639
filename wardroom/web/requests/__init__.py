"""Screens of the requests."""
