"""Promises made in public: the list, writing one down, and one followed to its end."""
