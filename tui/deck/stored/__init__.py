"""A deck with its events and its search index, kept as named blocks of bytes and read back piece by piece."""
