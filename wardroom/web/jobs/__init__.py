"""Jobs at the office, for everybody: the postings, and applying for them."""
