"""Content folders: card files found, read under guard, and turned into stories."""
