"""Who is responsible for a customer meanwhile: one case manager, case workers for parts, transfers, conferences."""
