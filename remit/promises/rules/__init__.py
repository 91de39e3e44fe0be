"""What a promise is, and what may become of it."""
