"""The timetable, its jobs, and the lock that lets one scheduler run them."""
