"""Matters we own until an outcome, and the asks that move them."""
