"""A hiring, for its keeper and its panel; for everybody else of the office a list of postings."""
