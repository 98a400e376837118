"""The query language: parsing, printing, keys, completion, facet selections and history."""
