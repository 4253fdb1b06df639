"""Pages that belong to the house as a whole: the start page, the data."""
