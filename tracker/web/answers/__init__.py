"""Pages that a mail leads to: answering an item without signing in, undoing the answer, asking for a new link."""
