"""An office with a hundred thousand matters, made fast and as its own actions would make it."""
