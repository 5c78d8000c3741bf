"""Guidance and programmes to read: what the rules say here today, and where it comes from."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from waymark.kernel.refusal import Refused
from waymark.programme import queries as reading
from waymark.programme.queries import Place, Rules
from waymark.web.asking import Asked
from waymark.web.fields import choice_field
from waymark.web.guidance import packs
from waymark.web.ui.components import Link
from waymark.web.ui.templatetags.ui import day, day_time


class SearchForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=100)
    topic = forms.ChoiceField(label=gettext_lazy("About"), required=False)

    def __init__(self, data: Any, topics: list[str]) -> None:
        super().__init__(data)
        field = choice_field(self, "topic")
        field.choices = [
            ("", gettext_lazy("everything")),
            *((topic, packs.topic_words(topic)) for topic in topics),
        ]


def loaded(request: Asked) -> dict[str, str]:
    """The programmes that are loaded and have begun: slug to title, the oldest first."""
    begun = [one for one in reading.newest() if one.valid_from <= request.today]
    return {one.slug: one.title for one in sorted(begun, key=lambda one: (one.valid_from, one.slug))}


def rules_of(request: Asked, slug: str) -> Rules:
    """What a programme says today where the asking person works; a page that is not there for any other word."""
    office = request.post.team.office
    try:
        return reading.holding(slug, request.today, Place(office.district.code, office.code))
    except Refused:
        raise Http404 from None


# Guidance


@require_safe
def search(request: Asked) -> HttpResponse:
    """Find guidance by words or by what it is about."""
    held = loaded(request)
    slug = request.GET.get("programme") or next(iter(held), "")
    if slug not in held:
        if not held:
            return render(request, "guidance/none.html", {"heading": _("Guidance")})
        raise Http404
    items = list(rules_of(request, slug).pack.guidance.values())
    form = SearchForm(request.GET or None, packs.topics_of(items))
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    context = {
        "heading": _("Guidance"),
        "slug": slug,
        "filters": form,
        "found": packs.found(items, said.get("q", ""), said.get("topic", "")),
        "all": len(items),
        "programmes": [
            Link(title, f"{reverse('guidance:search')}?programme={each}", each == slug)
            for each, title in held.items()
        ],
    }
    return render(request, "guidance/search.html", context)


@require_safe
def item(request: Asked, slug: str, code: str) -> HttpResponse:
    """One item, with the level it comes from, its source and since when it holds."""
    rules = rules_of(request, slug)
    found = rules.pack.guidance.get(code)
    if found is None:
        raise Http404
    context = {
        "heading": found.title,
        "item": found,
        "paragraphs": [part for part in found.body.split("\n") if part.strip()],
        "rows": [
            (_("Level"), found.level),
            (_("Source"), found.source),
            (_("Valid from"), day(found.valid_from)),
            (_("About"), ", ".join(packs.topic_words(topic) for topic in found.topics)),
            (_("Programme"), rules.version.title),
        ],
        "back_url": f"{reverse('guidance:search')}?programme={slug}",
        "back_label": _("Guidance"),
    }
    return render(request, "guidance/item.html", context)


# Programmes


@require_safe
def programmes(request: Asked) -> HttpResponse:
    """The programmes that are loaded."""
    links = [
        Link(title, reverse("guidance:programme", args=[slug])) for slug, title in loaded(request).items()
    ]
    return render(request, "guidance/programmes.html", {"heading": _("Programmes"), "links": links})


@require_safe
def programme(request: Asked, slug: str) -> HttpResponse:
    """Every setting with its value, unit and source, and what holds otherwise here and why; the tables."""
    rules = rules_of(request, slug)
    version = rules.version
    context = {
        "heading": version.title,
        "summary": rules.pack.about.get("summary", ""),
        "rows": [
            (_("Version"), version.digest[:12]),
            (_("Digest"), version.digest),
            (_("Holds from"), day(version.valid_from)),
            (_("Loaded"), day_time(version.loaded_at)),
        ],
        "sections": [(packs.words_of(name), values) for name, values in packs.sections(rules).items()],
        "local": [one for values in packs.sections(rules).values() for one in values if one.held.local],
        "place": request.post.team.office.name,
        "tables": [
            Link(shown.title, reverse("guidance:table", args=[slug, name]), count=len(shown.rows))
            for name, shown in ((name, rules.table(name)) for name in rules.pack.table_names)
        ],
        "slug": slug,
        "guidance_url": f"{reverse('guidance:search')}?programme={slug}",
        "back_url": reverse("guidance:programmes"),
        "back_label": _("Programmes"),
    }
    return render(request, "guidance/programme.html", context)


@require_safe
def table(request: Asked, slug: str, name: str) -> HttpResponse:
    """A decision table as a table: what each row asks, what it says, why, and the source."""
    rules = rules_of(request, slug)
    if name not in rules.pack.table_names:
        raise Http404
    shown = rules.table(name)
    context = {
        "heading": shown.title,
        "table": shown,
        "rows": packs.rows_of(rules, name),
        "version": rules.version.digest[:12],
        "back_url": reverse("guidance:programme", args=[slug]),
        "back_label": rules.version.title,
    }
    return render(request, "guidance/table.html", context)
