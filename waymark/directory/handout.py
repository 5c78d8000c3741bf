"""Something to hand out to partners: what they ask us, with our answers and somebody to ring (M:L818-825, M:L867-868)."""

from datetime import date
from typing import Any

from waymark.organisations.models import Office
from waymark.programme.queries import Rules

ITEM = "for_partners"


def handout_of(
    rules: Rules, *, on: date, organisation: str, adviser: str, office: Office
) -> dict[str, Any] | None:
    """The handout in the shape of the sheet for customers, as plain JSON; None where the programme has no text for it.

    Each line of the guidance item is a question and its answer; a question ends with its mark.
    """
    item = rules.pack.guidance.get(ITEM)
    if item is None:
        return None
    lines = [line.strip() for line in item.body.splitlines() if line.strip()]
    return {
        "title": item.title,
        "name": organisation,
        "on": on.isoformat(),
        "choice": [],
        "options": [
            {
                "name": "Questions and answers",
                "organisation": rules.version.title,
                "lines": [_asked_and_answered(line) for line in lines],
            }
        ],
        "contact": {"adviser": adviser, "office": office.name, "telephone": office.telephone},
    }


def _asked_and_answered(line: str) -> list[str]:
    question, mark, answer = line.partition("?")
    return [question + mark, answer.strip()]
