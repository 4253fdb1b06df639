"""Files in, and the columns kept beside the database for counting."""
