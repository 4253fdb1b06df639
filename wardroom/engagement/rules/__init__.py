"""What is right in the work with the community: a file for each part of it."""
