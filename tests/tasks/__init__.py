"""What `run.py test`, `check` and `health` do once the environment stands."""
