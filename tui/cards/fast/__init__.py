"""The fast way to read plain cards; what it does not understand goes the careful way."""
