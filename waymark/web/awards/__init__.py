"""Pages about money: what a customer could have and has, the fund of an office, payments, and the better-off sum."""
