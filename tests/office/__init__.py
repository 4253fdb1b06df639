"""The office itself: its duty, its money and its people."""
