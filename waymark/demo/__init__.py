"""A made-up district, to try Waymark in and to measure it by. Every person in it is synthetic."""
