"""Items to and from files."""
