"""Who is behind each label, and in what capacity they speak."""
