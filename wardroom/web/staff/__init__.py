"""Who works here, and handing work over."""
