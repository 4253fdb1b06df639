"""Walks: drawn at the desk, walked with a phone, read by those who came."""
