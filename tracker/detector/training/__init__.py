"""Training the detector's model and measuring it, on texts of our own writing."""
