"""Forms as they are shown, and dates and times as people type them."""

from datetime import date, time
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.template import Context, Template

from waymark.kernel.refusal import Refused
from waymark.web.ui.forms import DateField, TimeField, look, plain_time, refuse


class Elements(HTMLParser):
    """Every start tag of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.found if "id" in attrs]


class Deferral(forms.Form):
    reason = look(
        forms.ChoiceField(
            label="Why is it put off?",
            choices=[("hospital", "Hospital"), ("other", "Another reason")],
            widget=forms.RadioSelect,
        ),
        heading=True,
        hints={"hospital": "An operation"},
        reveal={"other": "words"},
    )
    words = forms.CharField(label="Which reason?", required=False)
    until = DateField(label="Until when?", what="the end of the deferral", help_text="For example, 30 6 2004")
    notes = look(
        forms.CharField(label="Notes", widget=forms.Textarea(attrs={"rows": 3}), help_text="Kept."),
        counter=200,
    )
    hours = look(forms.IntegerField(label="Hours a week", min_value=0), suffix="hours", width=3)
    office = forms.ChoiceField(label="Office", choices=[("", "Choose"), ("c", "Calder")])
    told = forms.BooleanField(label="I have told the customer", required=False, help_text="On the telephone.")
    ref = forms.CharField(widget=forms.HiddenInput)


def shown(form: forms.Form) -> Elements:
    return Elements(str(form))


def control(form: forms.Form, name: str) -> dict[str, str | None]:
    return next(
        a for tag, a in shown(form).found if tag in {"input", "textarea", "select"} and a.get("name") == name
    )


def summary(form: forms.Form) -> Elements:
    return Elements(Template("{% load ui %}{% error_summary form %}").render(Context({"form": form})))


def test_a_control_is_described_by_its_hint_and_its_error_and_both_are_there() -> None:
    form = Deferral({"notes": ""})
    described = (control(form, "notes")["aria-describedby"] or "").split()
    assert described == ["id_notes_helptext", "id_notes_error", "id_notes-info"]
    assert set(described) <= set(shown(form).ids())


def test_a_field_without_an_error_is_described_by_its_hint_alone() -> None:
    assert control(Deferral(), "told")["aria-describedby"] == "id_told_helptext"
    assert "aria-describedby" not in control(Deferral(), "office")


def test_every_label_belongs_to_a_control_and_no_id_comes_twice() -> None:
    page = shown(Deferral())
    assert {label["for"] for label in page.named("label")} <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_every_link_of_the_error_summary_leads_to_a_control_of_the_form() -> None:
    form = Deferral({"until_day": "3", "ref": ""})
    links = [link["href"] or "" for link in summary(form).named("a")]
    assert "#id_reason_0" in links
    assert "#id_until_1" in links
    assert {link.removeprefix("#") for link in links} <= set(shown(form).ids())


def test_the_error_summary_says_nothing_of_a_form_not_yet_sent() -> None:
    assert summary(Deferral()).found == []


def test_an_error_of_the_whole_form_is_shown_once_by_the_summary_or_else_by_the_form() -> None:
    alone = Deferral({})
    alone.add_error(None, "The slot is taken.")
    assert str(alone).count("The slot is taken.") == 1
    with_summary = Deferral({})
    with_summary.add_error(None, "The slot is taken.")
    page = Template("{% load ui %}{% error_summary form %}{{ form }}").render(Context({"form": with_summary}))
    assert page.count("The slot is taken.") == 1


def test_a_refusal_is_shown_with_its_cure() -> None:
    form = Deferral({})
    refuse(form, Refused("late", "It is too late to defer.", "Ask a team leader."))
    assert form.non_field_errors() == ["It is too late to defer. Ask a team leader."]


def test_a_refusal_can_be_shown_beside_a_field() -> None:
    form = Deferral({})
    refuse(form, Refused("long", "That is too long."), on="until")
    assert "That is too long." in form.errors["until"]


def test_an_empty_field_is_told_by_name_what_to_do() -> None:
    words = str(Deferral({"until_day": "", "ref": "C1"}))
    assert "Answer the question: Why is it put off?" in words
    assert "Enter the end of the deferral" in words
    assert "Enter the notes" in words
    assert "Choose the office" in words
    assert "This field is required" not in words


def test_a_number_that_is_none_names_its_field() -> None:
    assert "Hours a week must be a whole number" in str(Deferral({"hours": "many"}))


def test_optional_fields_say_so_and_filters_do_not() -> None:
    form = forms.Form()
    form.fields["named"] = forms.CharField(label="Name", required=False)
    assert "Name (optional)" in str(form)
    panel = Template("{% load ui %}{% filter_panel form %}").render(Context({"form": form}))
    assert "(optional)" not in panel


def test_a_revealed_field_stands_once_under_its_choice() -> None:
    html = str(Deferral())
    assert html.count('name="words"') == 1
    assert html.index('value="other"') < html.index('name="words"') < html.index('name="until_day"')


def test_a_heading_field_is_the_heading_of_the_page() -> None:
    assert '<h1 class="govuk-fieldset__heading">Why is it put off?</h1>' in str(Deferral())


def test_radios_and_dates_are_groups_with_a_legend() -> None:
    page = shown(Deferral())
    assert len(page.named("fieldset")) == len(page.named("legend")) == 2


def test_a_number_is_typed_as_text_on_a_number_pad() -> None:
    hours = control(Deferral(), "hours")
    assert (hours["type"], hours["inputmode"]) == ("text", "numeric")
    assert "min" not in hours


def test_the_browser_leaves_required_fields_to_our_own_words() -> None:
    assert "required" not in control(Deferral(), "notes")


def test_what_was_typed_comes_back_escaped() -> None:
    html = str(Deferral({"notes": "</textarea><script>", "words": '"><b>', "reason": "other"}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_labels_hints_and_choices_are_escaped() -> None:
    form = forms.Form()
    form.fields["a"] = look(
        forms.ChoiceField(label="<i>", help_text="<u>", choices=[("1", "<s>")], widget=forms.RadioSelect),
        hints={"1": "<q>"},
    )
    assert not {"i", "u", "s", "q"} & {tag for tag, _ in shown(form).found}


def test_a_chosen_radio_stays_chosen() -> None:
    chosen = [a["value"] for a in shown(Deferral({"reason": "other"})).named("input") if "checked" in a]
    assert chosen == ["other"]


def test_a_choice_that_excludes_the_others_is_set_apart() -> None:
    form = forms.Form()
    form.fields["help"] = look(
        forms.MultipleChoiceField(
            choices=[("a", "A"), ("none", "None")], widget=forms.CheckboxSelectMultiple
        ),
        exclusive="none",
    )
    html = str(form)
    assert html.index("__divider") < html.index('data-behaviour="exclusive"')


class When(forms.Form):
    on = DateField(what="the date of the operation", earliest=date(2004, 5, 4), latest=date(2005, 5, 4))


def sent(day: str, month: str, year: str) -> When:
    return When({"on_day": day, "on_month": month, "on_year": year})


@pytest.mark.parametrize("month", ["5", "05", "May", "may", " MAY "])
def test_a_month_can_be_a_number_or_a_name(month: str) -> None:
    form = sent("18", month, "2004")
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2004, 5, 18)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "", ""), "Enter the date of the operation"),
        (("18", "", "2004"), "The date of the operation must include a month"),
        (("18", "", ""), "The date of the operation must include a month and a year"),
        (("31", "2", "2004"), "The date of the operation must be a real date"),
        (("x", "5", "2004"), "The date of the operation must be a real date"),
        (("18", "13", "2004"), "The month of the date of the operation must be a real month, like 5 or May"),
        (("18", "5", "04"), "The year of the date of the operation must have 4 numbers, like 2004"),
        (("3", "5", "2004"), "The date of the operation must be on or after 4 May 2004"),
        (("5", "5", "2005"), "The date of the operation must be on or before 4 May 2005"),
    ],
)
def test_a_wrong_date_is_told_in_words(typed: tuple[str, str, str], message: str) -> None:
    assert sent(*typed).errors["on"] == [message]


def test_both_bounds_of_a_date_are_allowed() -> None:
    assert sent("4", "5", "2004").is_valid()
    assert sent("4", "5", "2005").is_valid()


def test_only_the_wrong_part_of_a_date_is_marked_and_linked() -> None:
    form = sent("18", "", "2004")
    wrong = [a["name"] for a in shown(form).named("input") if a.get("aria-invalid")]
    assert wrong == ["on_month"]
    assert [link["href"] for link in summary(form).named("a")] == ["#id_on_1"]


def test_a_wrong_date_comes_back_as_it_was_typed() -> None:
    values = {a["name"]: a["value"] for a in shown(sent("31", "Feb", "2004")).named("input")}
    assert values == {"on_day": "31", "on_month": "Feb", "on_year": "2004"}


def test_a_known_date_is_shown_in_its_three_parts() -> None:
    values = [a["value"] for a in shown(When(initial={"on": date(2004, 6, 30)})).named("input")]
    assert values == ["30", "6", "2004"]


def test_a_date_that_may_be_left_out_is_then_none() -> None:
    form = forms.Form({})
    form.fields["on"] = DateField(required=False)
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:30", "09:30"),
        ("9.30am", "09:30"),
        ("2pm", "14:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("noon", "12:00"),
        ("0930", "09:30"),
        ("14:15", "14:15"),
        ("13pm", "13pm"),
        ("9", "9"),
        ("soon", "soon"),
    ],
)
def test_a_time_is_understood_the_way_people_write_it(typed: str, meant: str) -> None:
    assert plain_time(typed) == meant


def test_a_time_that_is_none_is_told_in_words() -> None:
    field: Any = TimeField()
    assert field.clean("2.15pm") == time(14, 15)
    with pytest.raises(forms.ValidationError, match="Enter a real time, like 9:30am or 14:15"):
        field.clean("25:00")
