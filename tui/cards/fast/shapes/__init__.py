"""Heads that are all written alike, such as a tool writes them, are read by one regular expression a shape."""
