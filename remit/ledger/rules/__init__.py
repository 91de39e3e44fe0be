"""What an entry is, byte for byte."""
