"""The front page, my page, first steps and search."""
