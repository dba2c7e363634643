"""Which digests go and when: periods, readers, runs that wait, and the mails of the days to come."""
