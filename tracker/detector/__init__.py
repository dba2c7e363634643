"""From text to candidates: no session, no Flask."""
