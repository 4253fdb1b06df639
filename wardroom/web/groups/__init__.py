"""Citizen involvement groups: called together, joined, met, and kept well."""
