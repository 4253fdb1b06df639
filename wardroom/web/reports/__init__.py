"""Screens of the reports."""
