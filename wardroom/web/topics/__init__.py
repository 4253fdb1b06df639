"""What the public may report, and what it is asked: the pages of the director."""
