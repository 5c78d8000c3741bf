"""Keys to a customer's own page: personal links and codes from letters."""
