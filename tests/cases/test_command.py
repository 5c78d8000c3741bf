"""The cases of the report at the command line: `waymark decide`, `waymark facts`, `waymark policy lint`."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from tests import factories
from tests.cases.doing import HEALTH, NO_JOURNEY_FACTS, WORK, settle
from tests.conftest import pack_of
from waymark.cli.commands import waymark as command
from waymark.programme.queries import Rules

PROGRAMME = "jobcentre-plus-2002"
KEYS = {
    "advice",
    "reason",
    "until",
    "review_on",
    "because",
    "source",
    "authority",
    "ask",
    "show",
    "trace",
    "version",
}
ILL = {"benefit": "ib", "group": "sick_or_disabled", "wants_interview": False}
CASES = [
    pytest.param(
        {**ILL, **HEALTH, "terminal_illness": True},
        {"advice": "waive", "reason": "terminal_illness", "review_on": "2007-05-04"},
        "authorise_before",
        id="V2: terminal illness",
    ),
    pytest.param(
        {**ILL, **NO_JOURNEY_FACTS, "recovered_by": "2004-06-15"},
        {"advice": "defer", "reason": "cannot_travel", "until": "2004-06-15"},
        "check_after",
        id="V4: in plaster",
    ),
    pytest.param(
        {
            **ILL,
            **HEALTH,
            **WORK,
            "job_to_return_to": True,
            "awaiting_consultant_or_operation": True,
            "consultant_on": "2004-06-01",
            "sick_note": True,
            "certificate_until": "2004-07-13",
        },
        {"advice": "defer", "reason": "awaiting_consultant", "until": "2004-07-13"},
        "check_after",
        id="V5: operation first",
    ),
    pytest.param(
        {**ILL, **HEALTH, "in_rehabilitation": True, "worker_agreed_until": "2005-02-04"},
        {"advice": "defer", "reason": "rehabilitation", "until": "2005-02-04"},
        "authorise_before",
        id="V22: nine months agreed with the worker",
    ),
    pytest.param(
        {**ILL, **HEALTH, "terminal_illness": True, "wants_interview": True},
        {"advice": "book", "reason": None, "until": None, "review_on": None},
        "none",
        id="V40: terminally ill and wants to come",
    ),
]


DECIDE = ("decide", "--programme", PROGRAMME, "--on", factories.TODAY.isoformat(), "--facts", "-", "--json")


def waymark(*words: str, given: Any = None) -> Result:
    """The command in this process: no Django to set up each time."""
    return CliRunner().invoke(command, words, input=given if isinstance(given, str) else json.dumps(given))


def decide(facts: Any, *more: str) -> Result:
    return waymark(*DECIDE, *more, given=facts)


def test_a_person_runs_it_as_a_program_of_its_own():
    words = [sys.executable, "-c", "from waymark.cli import main; main()", *DECIDE]
    facts = json.dumps({"benefit": "ib", "health_matters": True})
    ran = subprocess.run(words, input=facts, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (3, "")
    assert "wants_interview" in json.loads(ran.stdout)["ask"]


@pytest.mark.parametrize(("facts", "expected", "authority"), CASES)
def test_a_case_brings_its_advice_with_exit_code_0(facts, expected, authority):
    given, _advice, _asked = settle(Rules(pack_of(PROGRAMME), factories.TODAY), facts)
    ran = decide(given)
    answer = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert set(answer) >= KEYS
    assert {name: answer[name] for name in expected} == expected
    assert answer["authority"] == authority
    assert answer["because"]
    assert "D:L" in answer["source"]
    assert isinstance(answer["ask"], list)
    assert isinstance(answer["show"], list)
    assert answer["trace"]["table"] == "first-contact"
    assert answer["version"] == {"programme": PROGRAMME, "digest": pack_of(PROGRAMME).digest}


def test_too_few_facts_say_what_to_ask_with_exit_code_3():
    ran = decide({"benefit": "ib", "health_matters": True})
    answer = json.loads(ran.stdout)
    assert ran.exit_code == 3
    assert set(answer) >= KEYS
    assert (answer["advice"], answer["authority"]) == (None, None)
    assert "wants_interview" in answer["ask"]


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"benefit": "gold"}, "benefit"),
        ({"lungs": True}, "lungs"),
        ({"certificate_until": "31.12.2004"}, "certificate_until"),
        ('["ib"]', ""),
    ],
    ids=["no such choice", "no such fact", "no such day", "no object"],
)
def test_facts_that_cannot_be_read_say_what_would_be_right_with_exit_code_2(facts, fact):
    ran = decide(facts)
    problem = json.loads(ran.stdout)["problems"][0]
    assert ran.exit_code == 2
    assert problem["fact"] == fact
    assert problem["message"]
    assert "would_be_right" in problem


def test_who_decides_makes_a_difference_to_who_must_agree():
    given, _advice, _asked = settle(Rules(pack_of(PROGRAMME), factories.TODAY), {**ILL, **NO_JOURNEY_FACTS})
    ran = decide(given, "--role", "adviser")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["authority"] == "none"


def test_the_facts_that_can_be_asked_are_listed():
    ran = waymark("facts", "--programme", PROGRAMME, "--json")
    answer = json.loads(ran.stdout)
    names = [fact["name"] for fact in answer["facts"]]
    assert (ran.exit_code, answer["programme"]) == (0, PROGRAMME)
    assert names == list(pack_of(PROGRAMME).facts)
    assert all(fact["question"] and fact["source"] for fact in answer["facts"])


def test_sound_packs_pass_the_linter_with_exit_code_0():
    folder = settings.PROGRAMMES / PROGRAMME
    ran = waymark("policy", "lint", str(folder), "--json")
    answer = json.loads(ran.stdout)
    assert (ran.exit_code, answer["packs"]) == (0, [PROGRAMME])
    assert not [finding for finding in answer["findings"] if finding["severity"] == "error"]


def test_a_broken_pack_fails_the_linter_with_file_and_line(tmp_path):
    folder = tmp_path / PROGRAMME
    shutil.copytree(settings.PROGRAMMES / PROGRAMME, folder)
    table = folder / "tables" / "first-contact.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    broken = next(number for number, line in enumerate(lines, 1) if line.startswith("R030,"))
    lines[broken - 1] = lines[broken - 1].replace(",jsa,", ",jobseekers,", 1)
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = waymark("policy", "lint", str(folder))
    assert ran.exit_code == 1
    assert f"tables/first-contact.csv:{broken}: error" in ran.stdout
    assert "1 packs, " in ran.stdout


def test_a_rate_with_neither_a_source_nor_the_mark_fails_the_linter(tmp_path):
    folder = tmp_path / PROGRAMME
    shutil.copytree(settings.PROGRAMMES / PROGRAMME, folder)
    rates = folder / "rates" / "better-off.csv"
    lines = rates.read_text(encoding="utf-8").splitlines()
    broken = next(number for number, line in enumerate(lines, 1) if line.startswith("hb.child_benefit,"))
    lines[broken - 1] = "hb.child_benefit,Share that counts,percent" + ",100" * 8 + ",,,"
    rates.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = waymark("policy", "lint", str(folder))
    assert ran.exit_code == 1
    assert (
        f"rates/better-off.csv:{broken}: error: hb.child_benefit has neither a source nor the mark"
        in ran.stdout
    )
