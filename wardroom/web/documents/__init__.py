"""Files handed out."""
