"""Which pieces are about the same event: pairs that may be, the judge of a pair, and the groups that follow."""
