"""What the reader chooses: settings, the registry of actions, themes."""
