"""Answering an ask by a link, without an account."""
