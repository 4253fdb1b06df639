"""The neighborhood as everybody may read it."""
