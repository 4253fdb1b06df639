"""Initiatives and campaigns: the list, opening one, and one whole."""
