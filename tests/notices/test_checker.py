"""The letter checker: bad letters are refused, each for its own reason, and good ones are not."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.notices.test_rules import GOOD
from waymark.notices.rules import KINDS, RULES, BadLetter, lint_letter, parse_letter
from waymark.policy.findings import errors

REFUSED = Path(settings.ROOT) / "docs" / "letters" / "refused"
LETTERS = Path(settings.PROGRAMMES) / "jobcentre-plus-2002" / "letters" / "en"


def faults(text: str, kind: str = "", path: str = "letters/en/x.toml") -> list[str]:
    return [f.message for f in lint_letter(text, path, kind)]


def rules_against(text: str, kind: str = "", path: str = "letters/en/x.toml") -> set[str]:
    return {f.rule for f in lint_letter(text, path, kind)}


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("first_interview-threat_first.toml", {"proportion"}),
        ("reminder-no_number.toml", {"contact"}),
        ("voluntary_interview-as_a_duty.toml", {"voluntary"}),
        ("end_of_series-hard_words.toml", {"reading-age"}),
        ("deferred-no_way_back.toml", {"required"}),
        ("next_interview-mixed.toml", {"apart"}),
        ("missed-too_much.toml", {"proportion"}),
        ("first_interview-worries.gentle.toml", {"gentle"}),
        ("call_missed-tells_on_you.toml", {"discreet"}),
        ("summary-shouts.toml", {"threats"}),
    ],
)
def test_a_bad_letter_is_refused_for_its_own_reason_and_no_other(name, rules):
    text = (REFUSED / name).read_text(encoding="utf-8")
    found = lint_letter(text, f"refused/{name}", name.split(".")[0].partition("-")[0])
    assert {f.rule for f in found} == rules
    assert errors(found) == found
    assert all(f.cure and f.path == f"refused/{name}" for f in found)


def test_every_bad_letter_that_is_kept_is_refused():
    for path in REFUSED.glob("*.toml"):
        assert rules_against(path.read_text(encoding="utf-8"), path.name.partition("-")[0], path.name), (
            path.name
        )


def test_a_good_letter_has_no_faults():
    assert faults(GOOD) == []


def test_what_is_no_letter_is_said_to_be_none():
    assert "not readable" in faults("title = ")[0]
    with pytest.raises(BadLetter):
        parse_letter('[[blocks]]\nkind = "poem"')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{reason}", "{raeson}", "{raeson} is no word"),
        ('when = "promised"', 'when = "promise"', "{promise} is no word"),
        ('when = "promised"', 'unless = "promise"', "{promise} is no word"),
        ('carries = ["reason"]', "", "“reason” is required, but no block"),
        (
            'carries = ["reason"]',
            'carries = ["reason"]\nwhen = "promised"',
            "“reason” is required, but no block",
        ),
        ('title = "Your interview is put off until {until}"', "", "no title"),
        ('subject = "Your interview"', "", "no subject"),
        ('stance = "neutral"', "", "how it stands to the reader"),
        ('stance = "neutral"', 'stance = "stern"', "how it stands to the reader"),
        ('stance = "neutral"', 'stance = "compulsory"', "not said what is compulsory"),
        ('stance = "neutral"', 'stance = "compulsory"', "not said what is a choice"),
        ('stance = "neutral"', 'stance = "neutral"\nchannels = ["pigeon"]', "“pigeon” is no way"),
        ('stance = "neutral"', 'stance = "neutral"\nchannels = ["text"]', "has none"),
        ("Ring {contact_phone}.", "Ring us.", "gives no telephone number"),
        ('kind = "contact"', 'kind = "paragraph"', "does not say whom to ring"),
        ("Eat before", "The claimant eats before", "“claimant” has no place"),
        ("Eat before", "Clients eat before", "“Clients” has no place"),
        ("Eat before", "At the WFI, eat before", "our shorthand"),
        ("Eat before", "Or a sanction comes before", "“sanction” threatens"),
        ("Eat before", "Or a sanction comes before", "not that the help on offer is a choice"),
        ("Eat before you come.", "We may stop your benefit.", "not that the help on offer is a choice"),
        ("Eat before you come.", "Your money could be cut.", "before what we do to hear the reader"),
        ("Eat before you come.", "You MUST EAT.", "shouts"),
        ("Eat before", "and " * 26 + "eat before", "A sentence has"),
    ],
)
def test_a_fault_is_found(old, new, said):
    assert old in GOOD
    assert any(said in message for message in faults(GOOD.replace(old, new)))


@pytest.mark.parametrize(
    "said",
    [
        "Nothing has changed in what you are paid.",
        "It does not change what you are paid.",
        "Your payments are no longer reduced.",
    ],
)
def test_a_sentence_that_calms_is_no_mention_of_losing_money(said):
    assert faults(GOOD.replace("Eat before you come.", said)) == []


@pytest.mark.parametrize(
    "said", ["You do not have to come.", "Nobody has to take part.", "It is not compulsory."]
)
def test_saying_that_something_is_no_duty_does_not_make_it_one(said):
    text = GOOD.replace('stance = "neutral"', 'stance = "voluntary"').replace("Eat before you come.", said)
    assert faults(text) == []


def test_two_blocks_that_exclude_each_other_tell_always():
    two = '[[blocks]]\nwhen = "promised"\ntext = "Yes."\ncarries = ["x"]\n[[blocks]]\nunless = "promised"\ntext = "No."\n'
    text = GOOD.replace('["reason", "until"]', '["reason", "until", "x"]') + two
    assert "“x” is required" in faults(text)[0]
    assert faults(text + 'carries = ["x"]\n') == []


def test_a_list_that_may_be_empty_tells_nothing_for_certain():
    text = GOOD.replace('items = ["Eat before you come.", {', 'carries = ["food"]\nitems = [{').replace(
        '["reason", "until"]', '["reason", "until", "food"]'
    )
    assert rules_against(text) == {"required"}


def test_a_hard_letter_is_refused():
    hard = "Administrative considerations necessitate additional documentation regarding eligibility."
    assert rules_against(GOOD.replace("Eat before you come.", " ".join([hard] * 12))) == {"reading-age"}


def test_a_fault_is_shown_at_its_line_with_the_name_of_its_rule():
    finding = lint_letter(GOOD.replace("{reason}", "{raeson}"), "letters/en/x.toml")[0]
    assert GOOD.splitlines()[finding.line - 1].startswith('text = "We put it off')
    assert str(finding).startswith(f"letters/en/x.toml:{finding.line}: error: placeholders: ")


def test_a_pack_cannot_leave_out_what_every_deferral_must_tell():
    assert any("must tell “bring_forward”" in message for message in faults(GOOD, "deferred"))


def test_a_pack_cannot_make_a_choice_compulsory():
    text = (LETTERS / "voluntary_interview.toml").read_text(encoding="utf-8")
    assert "stance" in rules_against(text.replace('"voluntary"', '"compulsory"', 1), "voluntary_interview")


@pytest.mark.parametrize("key", sorted(KINDS["payment_change"].must_tell))
def test_a_letter_of_less_money_that_forgets_one_thing_is_refused(key):
    text = (LETTERS / "payment_change.toml").read_text(encoding="utf-8")
    assert rules_against(text.replace(f'"{key}"', '"something_else"', 1), "payment_change") >= {"required"}


def test_how_to_change_the_day_may_not_stand_at_the_bottom():
    text = (LETTERS / "next_interview.toml").read_text(encoding="utf-8")
    early = 'carries = ["how_to_move"]'
    late = text.replace(early, "").replace(
        'carries = ["safeguards"]', 'carries = ["safeguards", "how_to_move"]'
    )
    assert rules_against(late, "next_interview") == {"move-early"}


SHORT = '[short]\ntext = "Please ring {contact_phone}."\n'


@pytest.mark.parametrize(
    ("short", "rule"),
    [
        ("Please ring {contact_phone}. " + "Soon. " * 60, "text-message"),
        ("Please ring {contact_phone} – soon.", "text-message"),
        ("{reason} Ring {contact_phone}.", "text-message"),
        ("About your claim: ring {contact_phone}.", "discreet"),
        ("How is your health? Ring {contact_phone}.", "discreet"),
    ],
)
def test_a_text_that_is_long_strange_or_reveals_is_refused(short, rule):
    assert faults(GOOD + SHORT) == []
    assert rules_against(GOOD + f'[short]\ntext = "{short}"\n') == {rule}


def test_every_rule_says_in_its_name_what_it_is_about():
    assert {"required", "contact", "reading-age", "apart", "proportion", "voluntary", "gentle"} <= set(RULES)
