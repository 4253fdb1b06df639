"""The way in for alerts that other programs send."""
