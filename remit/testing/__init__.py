"""What only tests install: the database reset."""
