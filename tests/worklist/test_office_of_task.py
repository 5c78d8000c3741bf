"""The office of a task is that of its claim: the database copies it and keeps it the same."""

import pytest

from tests import factories as make
from waymark.worklist.models import Task

pytestmark = pytest.mark.django_db


def office_of(task: Task) -> int:
    return Task.objects.values_list("office", flat=True).get(pk=task.pk)


def test_a_new_task_belongs_to_the_office_of_its_claim():
    claim = make.claim(task=None)
    assert office_of(make.open_task(claim)) == claim.office_id


def test_a_task_cannot_be_given_another_office_than_its_claim_has():
    claim, elsewhere = make.claim(task=None), make.office()
    task = make.open_task(claim)
    Task.objects.filter(pk=task.pk).update(office=elsewhere)
    assert office_of(task) == claim.office_id


def test_when_a_claim_goes_to_another_office_its_tasks_go_with_it():
    claim, elsewhere = make.claim(task=None), make.office()
    task = make.open_task(claim)
    claim.office = elsewhere
    claim.save(update_fields=["office"])
    assert office_of(task) == elsewhere.pk
