"""Files of made-up claims, as large as wanted, the same for the same seed."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

GIVEN = [
    "Joan",
    "Mary",
    "Tom",
    "Ahmed",
    "Priya",
    "Séan",
    "Aoife",
    "Grace",
    "Daniel",
    "Fatima",
    "Peter",
    "Susan",
    "Wei",
    "Olu",
    "Anna",
    "Mark",
    "Ruth",
    "Ivan",
    "Leila",
    "Hugh",
    "Carol",
    "Derek",
    "Nia",
    "Gwen",
    "Rhys",
    "Kate",
    "Liam",
    "Zoe",
    "Omar",
    "Sara",
    "Paul",
    "Jane",
    "Amir",
    "Elsie",
    "Noor",
    "Colin",
    "Dawn",
    "Eric",
    "Faye",
    "Glen",
]
STEMS = [
    "Pri",
    "Hol",
    "Wal",
    "Oka",
    "Gra",
    "Tho",
    "Ben",
    "Mar",
    "Sto",
    "Kel",
    "Har",
    "Dun",
    "Fen",
    "Bur",
    "Ash",
    "Cal",
    "Wil",
    "Nor",
    "Sut",
    "Pem",
    "Lan",
    "Bro",
    "Whi",
    "Gil",
    "Mer",
    "Tal",
    "Cor",
    "Hen",
    "Pat",
    "Row",
    "Sal",
    "Tun",
    "Ver",
    "Wes",
    "Yar",
    "Alb",
    "Ber",
    "Cra",
    "Dal",
    "Elm",
]
ENDS = [
    "ce",
    "ton",
    "sh",
    "for",
    "nt",
    "mas",
    "nett",
    "tin",
    "well",
    "ly",
    "man",
    "bar",
    "wick",
    "ley",
    "den",
    "field",
    "worth",
    "by",
    "ham",
    "shaw",
]
COLUMNS = [
    "reference",
    "title",
    "given_names",
    "family_name",
    "date_of_birth",
    "ni_number",
    "ni_unknown_because",
    "address",
    "postcode",
    "telephone",
    "benefit",
    "group",
    "office",
    "claimed_on",
    "route",
    "safe_to_ring",
    "step_free",
]
PREFIXES = [
    a + b
    for a in "ABCEGHJLMNPRSW"
    for b in "ABCEHJLMNPRSTWXYZ"
    if a + b not in {"BG", "GB", "KN", "NK", "NT"}
]


def write_file(path: Path, rows: int, offices: list[str], *, wrong_in_100: int = 0, seed: int = 1) -> int:
    """Write `rows` made-up claims; says how many of them are wrong."""
    dice = random.Random(seed)
    wrong = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for number in range(rows):
            row = _row(number, dice, offices)
            if dice.random() * 100 < wrong_in_100:
                row |= dice.choice(
                    ({"benefit": "ESA"}, {"date_of_birth": "31/02/1960"}, {"office": "Nowhere"})
                )
                wrong += 1
            writer.writerow(row)
    return wrong


# Who may claim what: the groups of each benefit, as the programme of 2002 has them.
CLAIMS = {"ib": ["sick_or_disabled"], "is": ["lone_parent", "carer", "sick_or_disabled"], "ica": ["carer"]}


def _born_on(number: int, dice: random.Random, known: bool) -> date:
    """Whoever has no NI number is born on a day that nobody else of the file is, so as not to seem the same."""
    if known:
        return date(1940, 1, 1) + timedelta(days=dice.randrange(17000))
    return date(1939, 12, 31) - timedelta(days=number % 14000)


def _row(number: int, dice: random.Random, offices: list[str]) -> dict[str, str]:
    known = dice.random() > 0.03
    benefit = dice.choice(list(CLAIMS))
    return {
        "reference": f"VAN-{number:07d}",
        "title": dice.choice(("Mr", "Mrs", "Ms", "")),
        "given_names": dice.choice(GIVEN),
        "family_name": dice.choice(STEMS) + dice.choice(ENDS) + dice.choice(("", "", "s", "son")),
        "date_of_birth": str(_born_on(number, dice, known)),
        "ni_number": f"{PREFIXES[number % len(PREFIXES)]}{number:06d}{'ABCD'[number % 4]}" if known else "",
        "ni_unknown_because": "" if known else "newly arrived, number asked for",
        "address": f"{dice.randrange(1, 200)} Mill Lane, Calder",
        "postcode": f"CA{dice.randrange(1, 30)} {dice.randrange(1, 9)}AB",
        "telephone": f"01632 {dice.randrange(100000, 999999)}" if dice.random() > 0.1 else "",
        "benefit": benefit,
        "group": dice.choice(CLAIMS[benefit]),
        "office": dice.choice(offices),
        "claimed_on": str(date(2004, 4, 19) + timedelta(days=dice.randrange(15))),
        "route": dice.choice(("call", "form", "")),
        "safe_to_ring": dice.choice(("yes", "", "", "no")),
        "step_free": dice.choice(("", "", "", "", "yes")),
    }
