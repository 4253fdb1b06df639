"""Pages for staff, partner agencies and the public."""
