"""Mail that comes in: replies that answer items, bounces, and what is left alone."""
