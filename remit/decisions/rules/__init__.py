"""What may become of a decision, and what each step needs."""
