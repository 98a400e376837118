"""The reader on the screen; the only place that imports Textual."""
