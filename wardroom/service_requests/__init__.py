"""The city's own 311 requests, which we mirror and never own."""
