"""Data, not code: topics and rules (clocks with citation and dates)."""
