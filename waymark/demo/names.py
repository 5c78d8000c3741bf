"""Made-up names, numbers and streets. The telephone numbers are Ofcom's for drama; the NI prefix QQ is never issued."""

from pathlib import Path
from random import Random

HERE = Path(__file__).parent
GIVEN = (HERE / "given_names.txt").read_text(encoding="utf-8").split()
FAMILY = (HERE / "family_names.txt").read_text(encoding="utf-8").split()
STREETS = (
    "Mill Lane",
    "Church Row",
    "Bridge Street",
    "Station Road",
    "Canal View",
    "Chapel Hill",
    "Moor End",
    "Park Terrace",
    "Weaver Court",
    "Lock Cottages",
    "Hollin Bank",
    "Beech Avenue",
    "Tenter Close",
    "Quarry Rise",
    "Dyers Yard",
    "Market Place",
    "Spring Gardens",
)


def a_name(random: Random) -> tuple[str, str]:
    return random.choice(GIVEN), random.choice(FAMILY)


def ni_number(number: int) -> str:
    """The `number`-th synthetic NI number, up to four million of them."""
    return f"QQ{number // 4:06d}{'ABCD'[number % 4]}"


def telephone(random: Random) -> str:
    if random.random() < 0.6:
        return f"+447700900{random.randrange(1000):03d}"
    return f"+441632960{random.randrange(1000):03d}"


def address(random: Random, town: str) -> str:
    return f"{random.randrange(1, 140)} {random.choice(STREETS)}, {town}"


def postcode(random: Random, area: str) -> str:
    """ZZ is no postcode area, so that no letter of the demonstration could reach anybody."""
    return f"{area} {random.randrange(1, 10)}{random.choice('ABDEFGHJLNPQRSTUWXYZ')}{random.choice('ABDEFGHJLN')}"
