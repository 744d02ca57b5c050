"""From scores to the tier on every day, and why it is that."""
