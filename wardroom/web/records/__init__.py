"""Requests for records: the form for everybody, and the pages of whoever answers them."""
