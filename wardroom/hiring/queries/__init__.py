"""What can be asked about a hiring by those inside it."""
