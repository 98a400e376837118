"""The deck screen: its panes, what is listed, and what each key does."""
