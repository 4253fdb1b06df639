"""What can be asked of the work with the community: a file for each part of it."""
