"""What is right about the office's own rota, money, positions and people."""
