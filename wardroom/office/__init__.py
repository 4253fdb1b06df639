"""The office itself: its rota, its money, its positions and its people."""
