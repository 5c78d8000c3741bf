"""A year of a made-up district, day by day, through the verbs that people use. Every person in it is synthetic."""
