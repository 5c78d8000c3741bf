"""The gallery: every component once, with example data, for those who build pages and those who test them."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from waymark.web.ui.components import (
    TONES,
    Action,
    Column,
    Count,
    Entry,
    GridColumn,
    GridRow,
    Link,
    Row,
    Slot,
    Stop,
    Table,
    Week,
)
from waymark.web.ui.forms import DateField, TimeField, look

TODAY = date(2004, 5, 4)
REASONS = [("hospital", "Hospital treatment"), ("caring", "Caring for somebody"), ("other", "Another reason")]
HELP = [("work", "Working again"), ("health", "Managing my health"), ("none", "None of these")]


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name of the companion", help_text="As they like to be called.")
    reason = look(
        forms.ChoiceField(label="Why is it put off?", choices=REASONS, widget=forms.RadioSelect),
        label_size="m",
        hints={"hospital": "An operation or a course of treatment"},
        reveal={"other": "other_reason"},
    )
    other_reason = look(forms.CharField(label="What is the reason?", required=False), optional_word=False)
    until = DateField(
        label="When is the operation?",
        what="the date of the operation",
        help_text="For example, 18 5 2004",
        earliest=TODAY,
    )
    at = look(TimeField(label="What time?", help_text="For example, 9:30am or 14:15"), width=5)
    wants = look(
        forms.MultipleChoiceField(
            label="What would you like to talk about?",
            choices=HELP,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        exclusive="none",
    )
    safe = look(
        forms.ChoiceField(
            label="Is it safe to ring?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
        ),
        inline=True,
        small=True,
    )
    office = forms.ChoiceField(
        label="Office", choices=[("", "Choose an office"), ("c", "Calder"), ("w", "Wharfe")]
    )
    hours = look(forms.IntegerField(label="Hours a week"), suffix="hours", width=3)
    fare = look(forms.DecimalField(label="Fare"), prefix="£", width=5)
    view = look(
        forms.CharField(
            label="The customer's view, in their words", widget=forms.Textarea(attrs={"rows": 3})
        ),
        counter=500,
    )
    letter = forms.FileField(label="Appointment letter", required=False, help_text="A picture or a PDF.")
    told = forms.BooleanField(label="I have said what the interview is for", required=False)


class ExampleFilter(forms.Form):
    """The filters of a list."""

    office = forms.ChoiceField(
        label="Office", required=False, choices=[("", "All offices"), ("c", "Calder"), ("w", "Wharfe")]
    )
    named = forms.CharField(label="Name", required=False)


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component of `{% load ui %}` on one page."""
    form = ExampleForm(
        {"until_day": "31", "until_month": "2", "until_year": "2004", "reason": "other", "hours": "many"}
    )
    return render(request, "ui/gallery.html", {**examples(request), "form": form})


def examples(request: HttpRequest) -> dict[str, Any]:
    """What the components of the gallery show. All people are synthetic."""
    return {
        "heading": "Gallery of components",
        "today": TODAY,
        "behind": date(2004, 5, 3),
        "moment": datetime(2004, 5, 4, 9, 15, tzinfo=UTC),
        "breadcrumbs": [Link("Today", "#today"), Link("Gallery")],
        "plain_form": ExampleForm(),
        "filter_form": ExampleFilter(request.GET or {"office": "c"}),
        "tones": list(TONES),
        "page_of_list": Paginator(range(200), 10).page(4),
        **example_actions(),
        **example_lists(),
        **example_pictures(),
    }


def example_actions() -> dict[str, Any]:
    """Actions allowed and refused."""
    return {
        "start": Action("Start next call", "#call", method="post", primary=True, key="n"),
        "call": Action("Call", "#call", about="M. Okafor"),
        "actions": [
            Action("Record a contact", "#contact", primary=True),
            Action("Bring forward", "#forward"),
            Action("Take the sanction off", "#lift", method="post", warning=True),
            Action(
                "Defer again",
                refused="The third deferral needs a team leader. Lee Grant or Ruth Dale can do it today.",
            ),
        ],
    }


def example_lists() -> dict[str, Any]:
    """Rows, tables, links and numbers."""
    late = format_html('<span class="wm-late">{}</span>', "Yesterday")
    return {
        "counts": [Count(3, "late", "#late", late=True), Count(14, "due today", "#due"), Count(2, "on hold")],
        "rows": [
            Row("Benefit", "Incapacity Benefit", [Link("Change", "#benefit")]),
            Row("Reason", "Operation booked", [Link("Change", "#reason")]),
            Row("Certificate until", "30 June"),
        ],
        "table_of_work": Table(
            "Work for today",
            [
                Column("Customer", sort="name"),
                Column("What"),
                Column("Due", sort="due"),
                Column("Attempts", numeric=True),
            ],
            [
                ["M. Okafor", "Call back", late, 2],
                ["J. Price", "Finish the call", "Today, 10:15", 1],
                ["S. Amin", "First call", "Today", 0],
            ],
            late_rows=frozenset({0}),
        ),
        "table_without_rows": Table(
            "Late work", [Column("Customer")], [], empty="Nothing is late. Tomorrow 6 calls are due."
        ),
        "sub_links": [
            Link("Timeline", "#timeline", current=True),
            Link("Interviews", "#interviews", count=2),
            Link("Plan", "#plan"),
            Link("Letters", "#letters"),
        ],
        "side_groups": [
            {"title": "This office", "items": [Link("Today", "#a", current=True), Link("Diaries", "#b")]},
            {"title": "District", "items": [Link("Checks", "#c")]},
        ],
        "must": [
            "speaks with a friend (Mary Holt, may be told)",
            "do not ring after 17:00",
            "do not ask again: the accident",
        ],
        "parts": [Link("Before"), Link("During"), Link("After")],
    }


def example_pictures() -> dict[str, Any]:
    """A timeline, a way and a week."""
    return {
        "entries": [
            Entry(
                "Ana Reid deferred the interview until 30 June because of hospital treatment.",
                datetime(2004, 5, 4, 9, 15, tzinfo=UTC),
                by="Ana Reid, agent",
                more="Checked by Lee Grant the same day.",
                words="I would like to come once I am home.",
                tag="deferred",
                tone="waiting",
                main=True,
            ),
            Entry("The claim arrived from the benefit office.", date(2004, 5, 3), url="#claim"),
        ],
        "stops": [
            Stop("Interview 1", "done", "on 6 April"),
            Stop("Interview 2", "deferred", "until 30 June"),
            Stop("Interview 3", "here", "Thursday 8 July"),
            Stop("Interview 4", "missed"),
            Stop("Interview 5", "waived"),
            Stop("Interview 6"),
        ],
        "week": Week(
            "Calder office, Tom Walsh, week of 3 May",
            [
                GridColumn("Mon 3 May", "Bank holiday"),
                GridColumn("Tue 4 May", "today", today=True),
                GridColumn("Wed 5 May"),
                GridColumn("Thu 6 May"),
                GridColumn("Fri 7 May"),
            ],
            [
                GridRow(
                    "09:00",
                    [
                        [Slot("Office closed", "absent")],
                        [Slot("J. Price", "booked", "#a", "45 minutes")],
                        [Slot("S. Amin", "booked", "#b"), Slot("K. Bell", "over", "#c")],
                        [Slot("45 minutes", "free", "#d")],
                        [],
                    ],
                ),
                GridRow(
                    "11:00",
                    [
                        [],
                        [Slot("45 minutes", "buffer")],
                        [],
                        [Slot("45 minutes", "free", "#e")],
                        [Slot("Team talk", "other")],
                    ],
                ),
            ],
            first_free="First 45-minute room: Thu 6 May 09:00 with Tom Walsh",
        ),
    }
