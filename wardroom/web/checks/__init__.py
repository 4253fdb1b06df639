"""Spot checks: rounds drawn by lot, walks past their stops, and walks of a ward."""
