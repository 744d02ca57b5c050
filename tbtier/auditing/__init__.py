"""The check of a record of tiers against the rules."""
