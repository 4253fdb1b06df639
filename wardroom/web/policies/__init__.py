"""Policies that are watched: what is said about them, ward by ward."""
