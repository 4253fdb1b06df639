"""Issues: the list, taking one in, and one issue with all that can be done to it."""
