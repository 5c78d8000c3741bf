"""Money to the customer: awards, their instalments, the fund of an office, and the better-off calculation."""
