"""The layouts in which speech is printed, one a file; `choose_layout.py` says which one a text is set in."""
