"""The layouts, the gallery and the pages shown when something goes wrong."""

import re
from typing import Any

import pytest
from django import forms
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from waymark.kernel.refusal import Refused
from waymark.web.ui.views import gallery

LAYOUTS = ["ui/layouts/staff.html", "ui/layouts/customer.html", "ui/layouts/plain.html"]


class Ask(forms.Form):
    name = forms.CharField()


def page(name: str, **values: Any) -> str:
    return render_to_string(name, values)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_has_one_main_part_which_the_skip_link_leads_to(layout: str) -> None:
    html = page(layout, heading="Today")
    assert html.count('id="main-content"') == 1
    assert html.index('href="#main-content"') < html.index("<header")
    assert html.count("<h1") == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_title_of_a_page_with_errors_begins_with_the_word(layout: str) -> None:
    assert "<title>Error: Today – Waymark</title>" in page(layout, heading="Today", form=Ask({}))
    assert "<title>Today – Waymark</title>" in page(layout, heading="Today", form=Ask())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_errors_of_the_form_stand_before_the_heading(layout: str) -> None:
    html = page(layout, heading="Today", form=Ask({}))
    assert html.index('href="#id_name"') < html.index("<h1")


def test_the_present_place_is_marked_in_the_navigation() -> None:
    nav = [
        {"label": "Today", "url": "/today/", "current": True},
        {"label": "Diaries", "url": "/d/", "current": False},
    ]
    html = page("ui/layouts/staff.html", nav=nav)
    assert re.findall(r'href="([^"]*)" aria-current="true"', html) == ["/today/"]


def test_a_demonstration_says_that_its_people_are_synthetic() -> None:
    words = "every person here is synthetic."
    assert words in page("ui/layouts/customer.html", demo=True)
    assert words not in page("ui/layouts/customer.html", demo=False)


def test_the_gallery_shows_every_component_with_unique_ids() -> None:
    response = gallery(RequestFactory().get("/gallery/"))
    html = response.content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert response.status_code == 200
    assert len(ids) == len(set(ids))
    assert not {"{{", "{%"} & set(re.findall(r"\{[{%]", html))


def test_every_description_in_the_gallery_is_there() -> None:
    html = gallery(RequestFactory().get("/gallery/")).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    named = re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', html)
    assert {one for value in named for one in value.split()} <= ids


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "csrf"])
def test_an_error_page_says_what_happened_and_where_to_go(name: str) -> None:
    html = page(f"ui/errors/{name}.html")
    assert html.count("<h1") == 1
    assert '<a class="govuk-link" href="/">' in html


@pytest.mark.parametrize(
    "name", ["account/login.html", "allauth/elements/button.html", "allauth/layouts/base.html"]
)
def test_the_pages_of_sign_in_are_ours(name: str) -> None:
    """They are found only when `waymark.web.ui` stands before `allauth` among the installed apps."""
    template: Any = get_template(name)
    assert "waymark/web/ui" in template.origin.name.replace("\\", "/")


def test_a_refusal_page_says_why_and_what_would_help() -> None:
    html = page("ui/refused.html", refusal=Refused("x", "Somebody else holds it.", "Ask Lee Grant."))
    assert "Somebody else holds it." in html
    assert "Ask Lee Grant." in html
