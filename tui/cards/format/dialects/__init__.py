"""What other tools call the same things: one table of keys, and how heads, values, names and bodies are read by it."""
