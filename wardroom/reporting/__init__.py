"""Measures and reports: drafted from the ledger, signed by a person, frozen for ever."""
