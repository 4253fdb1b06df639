"""Whom residents are told to call about what is not the city's: the pages of the director."""
