"""What people with bad intent try, and what must come of it: the tests S1 to S19."""
