"""The composition root: settings, addresses, and what is started."""
