"""What fills the screen or opens over it."""
