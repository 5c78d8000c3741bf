"""The verdicts of a search as SQL: one expression a criterion, each said once and worked out once a service.

Written by hand, because the order of the results rests on the sum of the verdicts, and an expression that Django
repeats for every use is worked out again for every use.
"""

from typing import Any

from waymark.directory.enums import BenefitEffect, Taking
from waymark.directory.rules import EARTH_MILES

LEAST_SHARED = 0.6  # of the pieces of what was typed, for a word with a slip
MOST_PIECES = 24  # more tell no more of a slip
HERE = "(l.postcode = %(first)s OR l.postcode LIKE %(first_like)s)"
AT = (
    "EXISTS (SELECT 1 FROM directory_service_locations sl JOIN directory_location l ON l.id = sl.location_id"
    " WHERE sl.service_id = s.id AND {where})"
)
WITHIN = "EXISTS (SELECT 1 FROM directory_service_districts d WHERE d.service_id = s.id{more})"

FROM = """
    FROM directory_service s
    LEFT JOIN (
        SELECT sl.service_id, min(%(earth)s * acos(greatest(-1.0, least(1.0,
            sin(radians(%(lat)s)) * sin(radians(l.latitude))
            + cos(radians(%(lat)s)) * cos(radians(l.latitude)) * cos(radians(l.longitude - %(lon)s)))))) AS miles
        FROM directory_service_locations sl JOIN directory_location l ON l.id = sl.location_id
        WHERE %(lat)s::float8 IS NOT NULL AND l.latitude IS NOT NULL AND l.longitude IS NOT NULL
        GROUP BY sl.service_id
    ) m ON m.service_id = s.id
    LEFT JOIN directory_knowing k ON k.service_id = s.id AND k.person_id = %(person)s
"""

PLACES, WAITING = Taking.PLACES.value, Taking.WAITING.value
FULL = ", ".join(f"'{taking.value}'" for taking in (Taking.FULL, Taking.STOPPED, Taking.WITHDRAWN))

# Each the inside of a CASE: the first condition that holds says the verdict; none of them says no.
VERDICTS: dict[str, str] = {
    "need": "WHEN s.needs && %(needs)s::varchar[] THEN 'yes' WHEN s.needs = '{}' THEN 'ask'",
    "area": f"""
        WHEN %(district)s::bigint IS NOT NULL AND {WITHIN.format(more="")}
             AND NOT {WITHIN.format(more=" AND d.district_id = %(district)s")} THEN 'no'
        WHEN s.postcodes <> '{{}}' AND %(first)s = '' THEN 'ask'
        WHEN s.postcodes <> '{{}}' AND NOT s.postcodes @> ARRAY[%(first)s]::varchar[] THEN 'no'
        WHEN s.postcodes <> '{{}}' THEN 'yes'
        WHEN s.area_words <> '' AND NOT {WITHIN.format(more="")} THEN 'ask'
        ELSE 'yes'""",
    "near": f"""
        WHEN m.miles <= %(miles)s THEN 'yes'
        WHEN m.miles > %(miles)s THEN 'no'
        WHEN {AT.format(where=HERE)} THEN 'yes'
        WHEN {AT.format(where="l.postcode LIKE %(around_like)s")} THEN 'ask'
        WHEN NOT {AT.format(where="l.postcode <> ''")} THEN 'ask'""",
    "outside": f"""
        WHEN {AT.format(where="l.postcode <> '' AND NOT " + HERE)} THEN 'yes'
        WHEN {AT.format(where=HERE)} THEN 'no'
        ELSE 'ask'""",
    "role": "WHEN s.referred_by = '{}' OR s.referred_by && %(roles)s::varchar[] THEN 'yes'",
    "benefit": "WHEN s.benefits = '{}' OR s.benefits @> ARRAY[%(benefit)s]::varchar[] THEN 'yes'",
    "age": "WHEN s.least_age > %(age)s OR s.greatest_age < %(age)s THEN 'no' ELSE 'yes'",
    "excludes": """
        WHEN s.excludes && %(exclusions)s::varchar[] THEN 'no'
        WHEN s.excludes = '{}' THEN 'yes'
        ELSE 'ask'""",
    "level": "WHEN s.level = %(level)s THEN 'yes' WHEN s.level = '' THEN 'ask'",
    "wait": f"""
        WHEN s.taking IN ({FULL}) THEN 'no'
        WHEN s.wait_weeks > %(max_wait)s::int THEN 'no'
        WHEN s.wait_weeks <= %(max_wait)s::int OR s.taking = '{PLACES}' THEN 'yes'
        WHEN s.taking = '{WAITING}' AND %(max_wait)s::int IS NULL THEN 'yes'
        ELSE 'ask'""",
    "effect": f"""
        WHEN s.benefit_effect = '{BenefitEffect.NONE.value}' THEN 'yes'
        WHEN s.benefit_effect = '{BenefitEffect.CHANGES.value}' THEN 'no'
        ELSE 'ask'""",
}
WORDS = "websearch_to_tsquery('english', %(words)s)"
CONDITIONS: dict[str, str] = {
    "offered": "s.withdrawn_on IS NULL",
    "words": f"s.search @@ {WORDS}",
    "slips": "s.pieces <> ''",
    "needs": "(s.needs && %(needs)s::varchar[] OR (s.needs = '{}' AND s.search @@ "
    "websearch_to_tsquery('english', %(need_words)s)))",
    "provision": "s.provision = %(provision)s",
    "new": "coalesce(k.level, '4') = '4'",
    "refs": "s.ref = ANY(%(refs)s)",
}
RANKS = {"words": f"ts_rank(s.search, {WORDS})", "": "0.0"}


def statement(criteria: dict[str, str], conditions: list[str], rank: str, pieces: int = 0) -> str:
    """The ids of a page with their verdicts, best fit first. criteria: which verdict each criterion takes.

    pieces: of how many pieces a word with a slip consists; then enough of them must be shared.
    """
    shared = " + ".join(f"(strpos(s.pieces, %(piece_{place})s) > 0)::int" for place in range(pieces))
    ranked = f"({shared})::float8" if pieces else RANKS[rank]
    fits = ", ".join(f"CASE {VERDICTS[verdict]} END AS {name}" for name, verdict in criteria.items())
    misses = " + ".join(f"({name} IS NULL OR {name} = 'no')::int" for name in criteria) or "0"
    asks = " + ".join(f"({name} = 'ask')::int" for name in criteria) or "0"
    where = " AND ".join(CONDITIONS[name] for name in conditions)
    where += f" AND {shared} >= %(least_shared)s" if pieces else ""
    return f"""
        WITH judged AS MATERIALIZED (
            SELECT s.id, s.name AS named, m.miles, k.level AS my_level, {ranked} AS rank{", " + fits if fits else ""}
            {FROM} WHERE {where}
        )
        SELECT *, {misses} AS misses, {asks} AS asks, count(*) OVER () AS total
        FROM judged
        ORDER BY (%(words)s <> '' AND lower(named) = lower(%(words)s)) DESC,
            misses, asks, rank DESC, miles ASC NULLS LAST, named, id
        LIMIT %(limit)s OFFSET %(offset)s"""


def constants() -> dict[str, Any]:
    return {"earth": EARTH_MILES}
