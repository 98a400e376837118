"""Kinds of faults that people met in the field, each with inputs of its own."""
