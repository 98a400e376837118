"""Untrusted text: cleaned, turned from HTML or Markdown into blocks, and the policy for URLs."""
