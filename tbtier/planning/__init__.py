"""Looking ahead: the score needed to hold a tier on a given day, and the tier that is secured for a March 1."""
