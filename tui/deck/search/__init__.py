"""Search over a deck: an index of bitsets in list order, evaluation, ranking and highlights."""
