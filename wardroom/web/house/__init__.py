"""Pages that belong to the house as a whole: the landing, the start page, the data."""
