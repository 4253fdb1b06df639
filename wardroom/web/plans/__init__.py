"""Work plans: the form, a version, a step, and the picture of the schedule."""
