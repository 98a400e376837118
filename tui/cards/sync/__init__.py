"""What changed in a folder since it was last read, and when to look again."""
