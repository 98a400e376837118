"""newsdeck: a terminal reader for aggregated news cards."""

__version__ = "0.1.0"
