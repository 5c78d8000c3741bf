"""Not attending: the safeguards, the decision of another person, and its lifting. Knows interviews and nothing of the help."""
