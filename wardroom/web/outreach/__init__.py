"""Outreach: the map of silence, the next touches, plans, and what worked elsewhere."""
