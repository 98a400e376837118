"""Heads with the same keys and forms of values, as a tool writes them, are read by a plan made once for all."""
