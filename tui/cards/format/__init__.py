"""What a card may say: front matter, YAML, fields and times become a story or a listed problem. Opens no file."""
