"""A customer put in touch with a service: consent, the way there, what comes back, and nobody lost between."""
