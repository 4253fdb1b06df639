"""The files that anybody may download."""
