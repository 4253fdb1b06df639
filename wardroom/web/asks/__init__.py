"""Screens of the asks."""
