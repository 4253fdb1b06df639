"""Notices that agencies owe ANCs: the log, one whole, and the question on our own plans."""
