"""One session of our own writing, written down as each service writes it, with the turns that it holds."""
