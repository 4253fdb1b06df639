"""How long records are kept, legal holds, and disposals."""
