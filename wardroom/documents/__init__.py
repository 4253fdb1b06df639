"""Files the office keeps, by the hash of their content."""
