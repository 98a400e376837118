"""What the reader did: read, starred, notes, mutes, undo and the last place, kept whatever happens.

`store.Store` is the interface; `sqlite.SqliteStore` keeps it on disk and `store.MemoryStore` writes nothing. Only
this package speaks SQL. Every time in here is a whole number of milliseconds since 1970 in UTC; 0 means never.
"""
