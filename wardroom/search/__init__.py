"""One index over everything that can be found, kept in the same commit as the change."""
