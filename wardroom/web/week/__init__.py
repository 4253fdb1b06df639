"""The week board: who is where, and who covers."""
