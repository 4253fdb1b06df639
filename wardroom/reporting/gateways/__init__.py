"""Whom reporting calls outside: the typesetter."""
