"""The page that says which files anybody may download, and what their columns mean."""
