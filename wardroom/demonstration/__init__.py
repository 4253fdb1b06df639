"""A schematic district of our own, for showing, testing and measuring. Nobody lives there."""
