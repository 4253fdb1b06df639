"""One search over everything that the asker may see."""
