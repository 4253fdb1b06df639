"""Pages of the office's own time: the rota, who is on call, the own shifts, and swaps."""
