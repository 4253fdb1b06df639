"""Events with who takes part: core team meetings, joint work days, walks."""
