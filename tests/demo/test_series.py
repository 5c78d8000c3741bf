"""The customers of the demonstration in every state of the series: each where its note says it is."""

from datetime import datetime

import pytest
from django.test import override_settings

from waymark.customers.models import Customer
from waymark.demo.district import build
from waymark.demo.series import make_series
from waymark.insight import integrity
from waymark.kernel.clock import LONDON
from waymark.sanctions.models import Breach, Sanction
from waymark.worklist.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packs")]
NOW = datetime(2006, 5, 2, 10, tzinfo=LONDON)  # when all three regimes hold
STANDS = {
    "Case S1": {"pre_call"},
    "Case S2": {"hold_interview", "arrange_help"},
    "Case S3": {"hold_interview"},
    "Case S4": {"hold_interview", "answer_message"},
    "Case S5": {"find_out"},
    "Case S6": {"hear_reason"},
    "Case S7": {"decide_sanction"},
    "Case S8": {"put_into_effect", "welfare_call", "book"},
    "Case S9": {"series_review"},
    "Case S10": {"follow_up"},
}


@pytest.fixture
def made(tmp_path):
    with override_settings(PRINT_QUEUE=tmp_path):
        make_series(build(NOW), NOW)


def test_each_customer_waits_for_what_the_note_says(made):
    found: dict[str, set[str]] = {}
    for task in Task.objects.filter(closed_at=None).select_related("claim__customer"):
        found.setdefault(task.claim.customer.given_names, set()).add(task.kind)
    assert found == STANDS
    assert Customer.objects.filter(notes__text__contains="Try:").count() == len(STANDS)


def test_cases_stand_before_during_and_after_the_decision_and_everything_holds(made):
    assert set(Breach.objects.values_list("state", flat=True)) == {"open", "referred", "sanction"}
    assert Sanction.objects.get().state == "notified"
    assert [finding.rule.name for finding in integrity.check() if finding.count] == []
