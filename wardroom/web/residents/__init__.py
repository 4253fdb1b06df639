"""Pages on which residents report something, and follow what they reported."""
