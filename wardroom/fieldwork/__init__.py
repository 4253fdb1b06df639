"""Looking with our own eyes: condition checks, spot checks by lot, and walks past them."""
