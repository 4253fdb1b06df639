"""Public bodies that the office staffs, their meetings, and what everybody may read of these."""
