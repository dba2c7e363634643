"""Reading transcript files: one module for each format."""
