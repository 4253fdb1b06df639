"""What run.py is made of: the standard library only, for it runs before anything is there."""
