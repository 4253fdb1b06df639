"""Feeds: what maps and other programs read."""
