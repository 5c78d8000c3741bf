"""The circumstances that demonstration customers are in: facts as answered, and what follows from them.

The facts are those of the report's cases (D section 11), spread over the caseload.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True)
class Story:
    """`facts(on)` gives the answers on the day of the call; `view` the customer's four answers."""

    name: str
    benefit: str
    group: str
    weight: int
    answers: dict[str, Any]
    in_days: dict[str, int] = field(default_factory=dict)
    view: tuple[str, str, str, str] = (
        "Not now.",
        "In a few weeks.",
        "When I am well again.",
        "Not sure yet.",
    )
    note: str = ""

    def facts(self, on: date) -> dict[str, Any]:
        dated = {name: (on + timedelta(days=days)).isoformat() for name, days in self.in_days.items()}
        return {"benefit": self.benefit, "group": self.group, **self.answers, **dated}


STORIES = [
    Story(
        "an operation is booked",
        "ib",
        "sick_or_disabled",
        16,
        {"health_matters": True, "awaiting_consultant_or_operation": True},
        {"consultant_on": 24, "certificate_until": 38},
        (
            "Not before the operation.",
            "Some weeks after it.",
            "When I can stand for a shift.",
            "Ideas for lighter work.",
        ),
        "Operation booked, has a certificate. Would like to be rung in the afternoon.",
    ),
    Story(
        "off sick with a job to go back to",
        "ib",
        "sick_or_disabled",
        16,
        {
            "health_matters": True,
            "job_to_return_to": True,
            "can_do_that_job_again": True,
            "wants_advice_now": False,
        },
        {"certificate_until": 42, "intended_return_on": 45},
        (
            "No, my job is kept for me.",
            "If I cannot go back.",
            "When the doctor signs me off.",
            "None just now.",
        ),
    ),
    Story(
        "a hand injury",
        "ib",
        "sick_or_disabled",
        12,
        {"health_matters": True, "short_illness_or_injury": True, "affects_work": True},
        {"certificate_until": 28, "recovered_by": 28},
        ("When the plaster is off.", "In four weeks.", "When I can grip again.", "Help with a new CV."),
        "Certificate for four weeks.",
    ),
    Story(
        "a baby is due",
        "ma",
        "lone_parent",
        10,
        {"baby_matters": True, "pregnant": True, "maternity_benefit_only": True},
        {"due_date": 40},
        (
            "No, the baby is due.",
            "Two months after.",
            "With childcare I can trust.",
            "How work pays with childcare.",
        ),
    ),
    Story(
        "a death in the family",
        "bereavement",
        "bereaved",
        8,
        {"loss_matters": True, "bereaved_recently": True, "wants_help_with_affairs": False},
        {"bereaved_on": -20},
        ("Not yet.", "In the spring, perhaps.", "When things are settled.", "Somebody to explain the forms."),
    ),
    Story(
        "depression, most days too hard",
        "ib",
        "sick_or_disabled",
        14,
        {
            "health_matters": True,
            "mental_health_condition": True,
            "mental_health_severity": "moderate",
            "controlled_by_medication": True,
            "able_to_take_part": False,
        },
        {"nhs_appointment_on": 21},
        (
            "I could not manage it.",
            "After the new tablets work.",
            "Part time at first.",
            "Talking to one person only.",
        ),
        "Says mornings are hard. Medication changed last week.",
    ),
    Story(
        "newly separated and weepy",
        "is",
        "lone_parent",
        8,
        {"loss_matters": True, "distressed": True, "newly_separated_and_distressed": True},
        {},
        ("Not this week.", "In two weeks or so.", "When the children have settled.", "Childcare."),
    ),
    Story(
        "nobody else can care",
        "ica",
        "carer",
        8,
        {
            "caring_matters": True,
            "caring": True,
            "substitute_care_possible": False,
            "help_to_attend_accepted": False,
            "new_carer": False,
        },
        {"relief_from": 35},
        ("I cannot leave him.", "When my sister is here.", "If care were paid for.", "A break now and then."),
    ),
    Story(
        "starting a job",
        "is",
        "lone_parent",
        8,
        {"work_matters": True, "starting_work": True, "start_is_certain": True},
        {"start_work_on": 30},
        ("No, I start soon.", "If it falls through.", "I have a job.", "None."),
    ),
]
WAIVED = [
    Story(
        "a terminal illness",
        "ib",
        "sick_or_disabled",
        3,
        {"health_matters": True, "terminal_illness": True},
        view=("No.", "No.", "It will not happen.", "None, thank you."),
    ),
    Story(
        "so severe that work can never be possible",
        "sda",
        "sick_or_disabled",
        4,
        {
            "health_matters": True,
            "terminal_illness": False,
            "severe_condition": True,
            "could_ever_work": "no",
        },
        view=("No.", "Never, says my carer.", "It is not possible.", "None."),
    ),
    Story(
        "a claim for time that has passed",
        "ib",
        "sick_or_disabled",
        2,
        {"wholly_retrospective": True},
        view=("No, I am back at work.", "No need.", "I work again.", "None."),
    ),
]
BOOKED = [
    Story(
        "ready to talk",
        "is",
        "lone_parent",
        5,
        {},
        view=("Yes.", "Any morning.", "School hours.", "Training."),
    ),
    Story(
        "wants advice about other work",
        "ib",
        "sick_or_disabled",
        5,
        {"health_matters": True, "sick_note": True},
        view=("Yes, please.", "This week.", "If I can sit down.", "What else I could do."),
    ),
    Story("would like a break from caring", "ica", "carer", 2, {"caring_matters": True, "caring": True}),
]
