"""Components as a page gets them: right words, right addresses, nothing unescaped."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from waymark.kernel.refusal import Refused
from waymark.web.ui.components import (
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
from waymark.web.ui.templatetags import ui

BAD = "<b>x</b>"
TODAY = date(2004, 5, 4)


def show(source: str, path: str = "/list/", **values: Any) -> str:
    request = RequestFactory().get(path)
    return Template("{% load ui %}" + source).render(
        Context({"request": request, "csrf_token": "token", **values})
    )


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("{% button v %}", {"v": BAD}),
        ("{% button v href=v %}", {"v": BAD}),
        ("{% action_button v %}", {"v": Action(BAD, BAD, method="post", about=BAD, fields={BAD: BAD})}),
        ("{% action_button v %}", {"v": Action(BAD, refused=BAD)}),
        ("{% tag v %}", {"v": BAD}),
        ("{% badge v %}", {"v": BAD}),
        ("{% counts v %}", {"v": [Count(BAD, BAD, BAD)]}),
        ("{% progress 1 2 v %}", {"v": BAD}),
        ("{% summary_list v %}", {"v": [Row(BAD, BAD, [Link(BAD, BAD)])]}),
        ("{% table v %}", {"v": Table(BAD, [Column(BAD, sort="a")], [[BAD]])}),
        ("{% table v %}", {"v": Table(BAD, [Column(BAD)], [], empty=BAD)}),
        ("{% notification v title=v %}", {"v": BAD}),
        ("{% inset %}{{ v }}{% endinset %}", {"v": BAD}),
        ("{% warning %}{{ v }}{% endwarning %}", {"v": BAD}),
        ("{% details v %}{{ v }}{% enddetails %}", {"v": BAD}),
        ("{% menu v %}{{ v }}{% endmenu %}", {"v": BAD}),
        ("{% card v %}{{ v }}{% endcard %}", {"v": BAD}),
        ("{% next_step v %}{{ v }}{% endnext_step %}", {"v": BAD}),
        ("{% must_know v %}", {"v": [BAD]}),
        ("{% empty_state v %}{{ v }}{% endempty_state %}", {"v": BAD}),
        ("{% words by=v %}{{ v }}{% endwords %}", {"v": BAD}),
        ("{% sub_nav v 'Parts' %}", {"v": [Link(BAD, BAD)]}),
        ("{% side_nav v 'Parts' %}", {"v": [{"title": BAD, "items": [Link(BAD, BAD)]}]}),
        ("{% tabs v 'Parts' %}{% tab 'a' %}{% endtab %}{% endtabs %}", {"v": [Link(BAD)]}),
        ("{% crumbs v %}", {"v": [Link(BAD, BAD)]}),
        ("{% back_link v v %}", {"v": BAD}),
        ("{% timeline v %}", {"v": [Entry(BAD, TODAY, by=BAD, more=BAD, words=BAD, tag=BAD, url=BAD)]}),
        ("{% stations v t caption=t %}", {"v": [Stop(BAD, "here", BAD)], "t": BAD}),
        (
            "{% week_grid v %}",
            {
                "v": Week(
                    BAD, [GridColumn(BAD, BAD, BAD)], [GridRow(BAD, [[Slot(BAD, "free", BAD, BAD)]])], BAD
                )
            },
        ),
    ],
)
def test_a_component_escapes_what_it_is_given(source: str, values: dict[str, Any]) -> None:
    html = show(source, **values)
    assert "<b>" not in html.lower()
    assert "&lt;" in html


def test_an_action_that_changes_something_is_a_form_with_its_token_and_fields() -> None:
    html = show("{% action_button a %}", a=Action("Agree", "/agree/", method="post", fields={"n": "3"}))
    assert '<form method="post" action="/agree/"' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert '<input type="hidden" name="n" value="3">' in html


def test_a_refused_action_shows_why_and_leads_nowhere() -> None:
    refused = str(Refused("third", "The third deferral needs a team leader.", "Lee Grant can do it."))
    html = show("{% action_button a %}", a=Action("Defer", "/defer/", refused=refused))
    assert "/defer/" not in html
    assert 'aria-disabled="true" aria-describedby="why-1"' in html
    assert 'id="why-1">The third deferral needs a team leader. Lee Grant can do it.' in html


def test_two_refused_actions_have_two_reasons_with_ids_of_their_own() -> None:
    html = show(
        "{% action_buttons a %}{% action_button b %}",
        a=[Action("A", refused="x")],
        b=Action("B", refused="y"),
    )
    assert 'id="why-1"' in html
    assert 'id="why-2"' in html


def test_a_sorted_column_says_so_and_turns_round_keeping_the_filters() -> None:
    html = show('{% sort_header "Due" "due" %}', "/list/?sort=due&office=c&page=3")
    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due&amp;office=c"' in html


def test_a_column_not_sorted_by_says_none() -> None:
    assert 'aria-sort="none"' in show('{% sort_header "Due" "due" %}', "/list/?sort=-name")


def test_an_empty_table_says_what_that_means() -> None:
    html = show("{% table t %}", t=Table("Late work", [Column("Who")], [], empty="Nothing is late."))
    assert "Nothing is late." in html
    assert "<table" not in html


def test_a_row_with_too_few_cells_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        show("{% table t %}", t=Table("Work", [Column("A"), Column("B")], [["only one"]]))


def test_the_first_cell_of_a_row_is_its_head_and_numbers_stand_right() -> None:
    html = show("{% table t %}", t=Table("Work", [Column("A"), Column("B", numeric=True)], [["x", 2]]))
    assert '<th scope="row" role="rowheader" class="govuk-table__header">x</th>' in html
    assert (
        '<td role="cell" class="govuk-table__cell govuk-table__cell--numeric" data-column="B">2</td>' in html
    )


def test_pages_keep_the_filters() -> None:
    html = show("{% pagination p %}", "/list/?office=c&page=2", p=Paginator(range(50), 10).page(2))
    assert 'href="?office=c&amp;page=3"' in html
    assert 'aria-label="Page 2" aria-current="page"' in html


def test_a_list_of_one_page_has_no_pages() -> None:
    assert show("{% pagination p %}", p=Paginator(range(5), 10).page(1)).strip() == ""


class Filters(forms.Form):
    office = forms.ChoiceField(required=False, choices=[("", "All"), ("c", "Calder")])
    named = forms.CharField(required=False, label="Name")


def test_a_filter_in_use_is_named_and_can_be_taken_away() -> None:
    html = show(
        "{% filter_panel f %}", "/list/?office=c&sort=due&page=2", f=Filters({"office": "c", "named": ""})
    )
    assert 'href="?sort=due"' in html
    assert "Office: Calder" in html
    assert 'href="/list/"' in html


def test_the_way_is_told_in_words_too() -> None:
    stops: Sequence[Stop] = [Stop("Interview 1", "done", "on 6 April"), Stop("Interview 2", "deferred")]
    html = show('{% stations s "Interviews" %}', s=stops)
    assert html.count("Interview 1: done, on 6 April.") == 2
    assert "<li>Interview 2: put off.</li>" in html
    assert 'role="img" aria-labelledby="way-1-title way-1-desc"' in html


def test_every_slot_says_its_kind_in_a_word() -> None:
    week = Week(
        "Week",
        [GridColumn("Mon")],
        [GridRow("09:00", [[Slot("S. Amin", "over"), Slot("K. Bell", "buffer")]])],
    )
    html = show("{% week_grid w %}", w=week)
    assert "<small>over-booked</small>" in html
    assert "<small>kept free</small>" in html


def test_the_parts_of_tabs_are_found_by_their_links() -> None:
    html = show('{% tabs t "T" %}{% tab "To do" %}{% endtab %}{% endtabs %}', t=[Link("To do")])
    assert 'href="#to-do"' in html
    assert 'id="to-do"' in html


def test_nothing_to_know_leaves_no_trace() -> None:
    assert show("{% must_know v %}", v=[]) == ""


def test_a_state_is_a_word_with_a_capital() -> None:
    assert (
        show('{% tag "deferred" "waiting" %}')
        == '<strong class="govuk-tag govuk-tag--yellow">Deferred</strong>'
    )


def test_a_query_can_be_changed_in_part() -> None:
    assert show("{% query page=2 office=None %}", "/list/?office=c&sort=due") == "?sort=due&amp;page=2"


def test_the_year_is_left_out_only_when_it_is_this_year() -> None:
    assert ui.day(date(2004, 5, 4), TODAY) == "Tue 4 May"
    assert ui.day(date(2005, 5, 4), TODAY) == "Wed 4 May 2005"
    assert ui.day(date(2004, 5, 4)) == "Tue 4 May 2004"
    assert ui.long_day(date(2004, 5, 4), TODAY) == "Tuesday 4 May"


def test_moments_are_told_in_the_time_of_the_place() -> None:
    assert ui.day_time(datetime(2004, 5, 4, 9, 15, tzinfo=UTC), TODAY) == "Tue 4 May, 10:15"
    assert ui.day(datetime(2004, 5, 4, 23, 30, tzinfo=UTC), TODAY) == "Wed 5 May"


def test_a_day_without_a_time_is_told_without_one() -> None:
    assert ui.day_time(date(2004, 5, 4), TODAY) == "Tue 4 May"


def test_no_date_is_no_words() -> None:
    assert (ui.day(None), ui.day_time(None), ui.long_day(None), ui.clock(None)) == ("", "", "", "")


def test_an_insurance_number_is_told_in_pairs_that_stay_together() -> None:
    assert ui.ni("qq123456c") == "QQ\xa012\xa034\xa056\xa0C"
    assert ui.ni("QQ 12 34 56") == "QQ\xa012\xa034\xa056"
    assert ui.ni("not one") == "not one"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (45, "45 minutes"),
        (1, "1 minute"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (0, "0 minutes"),
        (timedelta(hours=2), "2 hours"),
    ],
)
def test_a_length_of_time_is_told_in_words(value: int | timedelta, text: str) -> None:
    assert ui.minutes(value) == text


def test_one_is_not_many() -> None:
    assert (ui.plural(1, "day,days"), ui.plural(3, "day,days")) == ("1 day", "3 days")
