"""How the house speaks to SQLite: as Django does; writers queue, and days are remembered."""
