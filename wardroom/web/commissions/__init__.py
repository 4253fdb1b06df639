"""Commissions' papers: the list with their clocks, taking one in, and one whole."""
