"""Work plans, versioned: an objective and the asks that should reach it."""
