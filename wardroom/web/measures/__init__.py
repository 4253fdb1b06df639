"""The pages of the measures."""
