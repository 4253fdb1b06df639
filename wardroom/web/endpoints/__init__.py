"""Other Open311 servers: what is read from them, sent to them, and where they disagree."""
