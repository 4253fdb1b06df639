"""Reliability: what trust.md numbers R1 to R16, each with its power check."""
