"""The cache file: blocks of bytes and columns of numbers, mapped from the disk; knows nothing of cards."""
