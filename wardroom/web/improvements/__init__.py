"""Improvements agreed at the table: the list, writing one down, and one whole."""
