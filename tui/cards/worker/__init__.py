"""The process that loads a folder, follows it and has its cache file written; and how the reader talks to it."""
