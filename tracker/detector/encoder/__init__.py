"""A small sentence encoder, read from a package and run with numpy, and what it makes of passages in doubt."""
