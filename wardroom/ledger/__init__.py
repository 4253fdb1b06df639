"""The append-only ledger: audit, timeline and outbox in one row."""
