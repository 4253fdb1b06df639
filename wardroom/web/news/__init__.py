"""News: public pages, the pages of a subscriber, subscribers for the office, letters to many."""
