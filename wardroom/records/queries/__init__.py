"""What can be asked of requests for records."""
