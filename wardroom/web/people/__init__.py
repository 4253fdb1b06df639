"""Lenses: what the ledger says about a place."""
