"""What leaves newsdeck: records for programs, Markdown, and the digest of a day."""
