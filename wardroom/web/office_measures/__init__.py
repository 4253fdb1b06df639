"""How the office does: the page of twelve measures."""
