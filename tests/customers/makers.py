"""Identities for tests."""

from datetime import date

from waymark.customers.rules import Identity

JOAN = Identity(
    given_names="Joan",
    family_name="Price",
    born_on=date(1961, 3, 12),
    ni_number="AB123456C",
    address="2 Mill Lane, Calder",
    postcode="CA1 1AB",
    telephone="+441632960123",
)
