"""What opens over a screen: questions, help, the inspector, the list of problems."""
