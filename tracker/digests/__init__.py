"""What each one hears, once a period."""
