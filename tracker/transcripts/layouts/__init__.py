"""The layouts in which speech is printed, one a file; `choosing.py` says which one a text is set in."""
