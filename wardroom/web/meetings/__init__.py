"""Core teams and their meetings."""
