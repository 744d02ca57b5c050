"""The tier on every day, worked out from scores, and the reasons for it."""
