"""Exporting items to files, and importing them from files."""
