"""How long records are kept, legal holds, and disposals, for whoever keeps the records."""
