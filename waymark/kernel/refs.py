"""References for the outside: short, unguessable, safe to read out on the telephone."""

import secrets

# Crockford's base 32: no I, L, O, U, so that nothing is misread or rude.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 9


def new_ref(prefix: str) -> str:
    """`prefix` and nine random characters: 45 bits, so that guessing one of a million takes 30 million tries."""
    number = secrets.randbits(5 * LENGTH)
    return prefix + "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
