"""Letters: those of a customer, one as it was sent, and what waits to go out."""
