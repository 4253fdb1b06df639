"""Screens of the candidates."""
