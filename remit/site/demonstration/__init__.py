"""Demonstration systems: made-up organisations and people, from data files and a seed."""
