"""Second factors, and showing anew that it is you."""
