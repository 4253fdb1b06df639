"""Issues: what residents report, and everything until they are told what became of it."""
