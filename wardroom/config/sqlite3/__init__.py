"""How the house speaks to SQLite: as Django does, but whoever asked first writes first."""
