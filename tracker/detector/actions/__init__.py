"""Explicit action items in minutes and logs."""
