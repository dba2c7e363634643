"""An operator's own language model reads a transcript: what it finds waits for a person like everything else."""
