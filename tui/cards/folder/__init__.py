"""Which files of a folder are cards, in which order they are read, and the data files beside them."""
