"""The people of the office itself: positions, staffing, other terms, training, residency."""
