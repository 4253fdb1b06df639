"""How long the office keeps what, what must be kept longer, and how the rest is disposed of."""
