"""Looking ahead: what it takes to hold a tier on a day, and what is secured before a March 1."""
