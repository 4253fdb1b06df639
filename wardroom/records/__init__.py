"""What the office keeps, and what it gives to whoever asks for it by the law."""
