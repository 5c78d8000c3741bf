"""Local values: where a district or an office holds another value than the programme."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waymark.kernel.refusal import Refused
from waymark.programme import queries as programmes
from waymark.staffing import queries as staffing
from waymark.staffing import verbs
from waymark.staffing.rules import may_differ
from waymark.web.asking import Asked
from waymark.web.people import forms
from waymark.web.people.pages import as_csv, day_in_path, one_form, sections

form_view = require_http_methods(["GET", "POST"])


def rules_by_slug(request: Asked) -> dict[str, programmes.Rules]:
    """The rules that hold today, of every programme that has begun."""
    found = {}
    for slug in programmes.versions().order_by("slug").values_list("slug", flat=True).distinct():
        try:
            found[slug] = programmes.holding(slug, request.today)
        except Refused:
            continue
    return found


@require_GET
def index(request: Asked) -> HttpResponse:
    """The local values of the district and its offices beside the programme's own, and what may be set."""
    rules = rules_by_slug(request)
    values = staffing.local_values(request.post.office.district, rules)
    if request.GET.get("format") == "csv":
        return values_csv(values)
    context = {
        "heading": _("Local values"),
        "values": [row_of(value, request.today) for value in values],
        "programmes": [
            {"title": held.version.title, "settings": [line_of(slug, s) for s in staffing.settable(held)]}
            for slug, held in rules.items()
        ],
        "sections": sections(request, "people:values"),
    }
    return render(request, "people/values.html", context)


def row_of(value: staffing.LocalValue, today: date) -> dict[str, Any]:
    """A local value with the words and the link of its row."""
    setting = value.setting
    place = setting.office_code or setting.district_code
    return {
        "value": value,
        "holds": value.holds_on(today),
        "open": setting.valid_until is None or setting.valid_until >= today,
        "name": name_of(setting.key),
        "shown": shown(setting.value),
        "pack_shown": shown(value.pack_value) if value.pack_value is not None else _("nothing"),
        "end_url": reverse("people:end_value", args=[setting.slug, setting.key, place, setting.valid_from]),
    }


def line_of(slug: str, setting: Any) -> dict[str, str]:
    """A setting of a programme with the link to hold another value."""
    return {
        "url": reverse("people:set_value", args=[slug, setting.key]),
        "name": name_of(setting.key),
        "shown": shown(setting.value),
        "unit": setting.unit.replace("_", " "),
    }


def shown(value: object) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value) or _("nothing")
    return str(value).replace("_", " ")


def values_csv(values: list[staffing.LocalValue]) -> HttpResponse:
    columns = [
        "programme",
        "setting",
        "place",
        "here",
        "programme value",
        "unit",
        "from",
        "until",
        "because",
        "by",
    ]
    rows = [
        (
            v.setting.slug,
            v.setting.key,
            v.place,
            v.setting.value,
            v.pack_value,
            v.unit,
            v.setting.valid_from,
            v.setting.valid_until,
            v.setting.because,
            v.setting.set_by,
        )
        for v in values
    ]
    return as_csv("local-values.csv", columns, rows)


@form_view
def set_value(request: Asked, slug: str, key: str) -> HttpResponse:
    """Hold another value here for one setting of a programme."""
    rules = rules_by_slug(request).get(slug)
    own = next((s for s in staffing.settings_of(rules) if s.key == key), None) if rules else None
    if rules is None or own is None or not may_differ(key, own.value):
        raise Http404
    form = forms.SetValue(
        request.POST or None,
        places=places_of(request),
        words=choices(rules, key, own.value),
        unit=own.unit,
        help_text=help_for(rules, key, own.value),
        initial={"valid_from": request.today},
    )

    def act(data: dict[str, Any]) -> None:
        verbs.set_local_value(slug=slug, key=key, **data, by=request.post, now=request.now)

    return one_form(
        request,
        form,
        act,
        said=_("The local value is set."),
        heading=name_of(key),
        button=_("Set the value"),
        back=reverse("people:values"),
        intro=_("%(title)s says %(value)s %(unit)s (%(source)s).")
        % {
            "title": rules.version.title,
            "value": shown(own.value),
            "unit": own.unit.replace("_", " "),
            "source": own.source,
        },
    )


def choices(rules: programmes.Rules, key: str, value: object) -> list[tuple[str, str]]:
    """The words to choose from, for a setting that is a word or yes or no."""
    if isinstance(value, bool):
        return [("yes", _("yes")), ("no", _("no"))]
    if isinstance(value, str) and value:
        return [(word, shown(word)) for word in sorted(verbs.words_of(rules.pack.settings, key))]
    return []


def help_for(rules: programmes.Rules, key: str, value: object) -> str:
    """What may be written for a list, or for a text in the office's own words."""
    if isinstance(value, list):
        codes = ", ".join(sorted(verbs.allowed_words(rules.pack, key, value)))
        return _("Codes with commas between them; leave empty for none. Known are: %(codes)s.") % {
            "codes": codes
        }
    return _("In your own words.") if value == "" else ""


def places_of(request: Asked) -> dict[str, Any]:
    """The district, and its offices, by a word for the form."""
    district = request.post.office.district
    offices = staffing.offices_seen_by(request.post)
    return {f"district-{district.code}": district} | {f"office-{office.code}": office for office in offices}


def name_of(key: str) -> str:
    """A setting's key as words: "timings: recontact days before end"."""
    section, _dot, name = key.partition(".")
    return f"{section}: {name.replace('_', ' ')}".capitalize()


@form_view
def end_value(request: Asked, slug: str, key: str, place: str, day: str) -> HttpResponse:
    """End the local value of a place that began on `day`: the programme's own holds again."""
    settings = staffing.local_settings_of(request.post.office.district).filter(slug=slug, key=key)
    mine = settings.filter(valid_from=day_in_path(day))
    setting = get_object_or_404(mine.filter(office_code=place) | mine.filter(district_code=place))
    form = forms.EndValue(request.POST or None, initial={"last_day": request.today})
    return one_form(
        request,
        form,
        lambda data: verbs.end_local_value(setting, **data, by=request.post, now=request.now),
        said=_("The programme's own value holds again after that day."),
        heading=_("End the local value of %(name)s") % {"name": name_of(key)},
        button=_("End the local value"),
        back=reverse("people:values"),
    )
