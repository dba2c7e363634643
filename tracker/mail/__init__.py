"""Mail: a message is a value, then an outbox row, then on its way."""
