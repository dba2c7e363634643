"""The first items of a register, loaded from a file that people can read and write: docs/seed.md says how."""
