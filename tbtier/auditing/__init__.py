"""Whether a record of tiers, as somebody else has written it down, obeys the rules."""
