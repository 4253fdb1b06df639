"""Reading what other authorities send, and finding the districts that it touches."""
