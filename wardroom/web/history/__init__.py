"""The timeline on every page, the whole history of a matter, and one line by itself."""
