"""From an upload by way of a child process to an imported transcript."""
