"""Looking with our own eyes: condition checks."""
