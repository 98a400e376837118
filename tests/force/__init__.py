"""Long runs that are no part of the suite: `python -m tests.force NAME [N]`, or all of them by `make force`.

A run is one module of this package with `DEFAULT`, how many rounds `make force` gives it, and
`run(rounds: int) -> list[str]`, which says in one line each what was found to be wrong.
"""
