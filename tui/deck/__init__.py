"""The index over all stories: deck, topics, view."""
