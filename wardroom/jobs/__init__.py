"""What runs without a page: the shell's commands, the worker, and the schedule."""
