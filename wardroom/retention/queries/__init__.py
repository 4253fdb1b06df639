"""What can be asked about keeping and disposing."""
