"""Whom hiring calls outside: the paper of a receipt."""
