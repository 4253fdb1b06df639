"""Messages out, and what became of them."""
