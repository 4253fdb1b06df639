"""Events with the Mayor or the cabinet: requests, the run of show, and the door."""
