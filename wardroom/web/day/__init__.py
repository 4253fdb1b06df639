"""My day: everything that waits for somebody, in one list."""
