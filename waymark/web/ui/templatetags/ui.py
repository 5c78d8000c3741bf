"""Waymark's components as template tags and filters. The gallery page shows every one of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import phonenumbers
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waymark.web.ui.components import (
    SLOT_WORDS,
    STOP_WORDS,
    TONES,
    Action,
    Count,
    Entry,
    Link,
    Row,
    Stop,
    Table,
    Text,
    Week,
)
from waymark.web.ui.forms import errors_in_words
from waymark.web.ui.markup import action_html, table_body, week_body

register = template.Library()


def next_id(context: template.Context, stem: str) -> str:
    """An id not yet used on this page: `stem-1`, `stem-2` and so on, the same each time the page is shown."""
    shared: Any = context.render_context.dicts[0]
    counters = shared.setdefault("ui_ids", {})
    return f"{stem}-{next(counters.setdefault(stem, count(1)))}"


# Buttons and actions


@register.simple_tag
def button(label: Text, kind: str = "", href: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that sends the form it stands in, or a link that looks like one.

    kind: "" (the one main button of a page), secondary, warning or inverse. name, value: sent when pressed.
    """
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" data-module="govuk-button">{}</a>',
            href,
            classes,
            label,
        )
    sent = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" data-prevent-double-click="true"{}>'
        "{}</button>",
        classes,
        sent,
        label,
    )


@register.simple_tag(takes_context=True)
def action_button(context: template.Context, action: Action, small: bool = False) -> SafeString:
    """An `Action` as a link, a form with one button, or, when refused, a dead button with the reason."""
    return action_html(
        action,
        small=small,
        new_id=lambda stem: next_id(context, stem),
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_tag(takes_context=True)
def action_buttons(context: template.Context, actions: Iterable[Action], small: bool = False) -> SafeString:
    """Several actions in one row."""
    parts = SafeString("".join(action_button(context, action, small) for action in actions))
    return format_html('<div class="wm-actions">{}</div>', parts)


@register.simple_tag
def back_link(url: str, label: Text = "") -> SafeString:
    """The link back to where one came from."""
    return format_html(
        '<nav aria-label="{0}"><a href="{1}" class="govuk-back-link">{0}</a></nav>', label or _("Back"), url
    )


@register.inclusion_tag("ui/components/crumbs.html")
def crumbs(items: Sequence[Link | Mapping[str, Any]]) -> dict[str, Any]:
    """Breadcrumbs: links from the top down, the last without a url."""
    return {"items": items}


# States and short words


@register.simple_tag
def tag(word: Text, tone: str = "quiet") -> SafeString:
    """A state as a word on a colour. tone: quiet, good, info, waiting, late, held, new."""
    return format_html(
        '<strong class="govuk-tag govuk-tag--{}">{}</strong>', TONES.get(tone, "grey"), capfirst(str(word))
    )


@register.simple_tag
def badge(number: object, kind: str = "") -> SafeString:
    """A number in a small round; kind: "", late, quiet. The noun must stand beside it."""
    classes = f"wm-badge wm-badge--{kind}" if kind else "wm-badge"
    return format_html('<span class="{}">{}</span>', classes, number)


@register.inclusion_tag("ui/components/counts.html")
def counts(items: Sequence[Count]) -> dict[str, Any]:
    """A line of numbers with their nouns, each opening its list."""
    return {"items": items}


@register.inclusion_tag("ui/components/progress.html", takes_context=True)
def progress(context: template.Context, done: int, total: int, label: Text) -> dict[str, Any]:
    """How far a long operation has come; `label` says it in words."""
    return {"done": done, "total": total, "label": label, "id": next_id(context, "progress")}


# Lists and tables


@register.inclusion_tag("ui/components/summary_list.html")
def summary_list(rows: Iterable[Row | tuple[Text, object]], classes: str = "") -> dict[str, Any]:
    """Keys and values; each row a `Row` or a (key, value) pair. classes: govuk-summary-list--no-border."""
    known = [row if isinstance(row, Row) else Row(*row) for row in rows]
    return {"rows": known, "classes": classes, "any_actions": any(row.actions for row in known)}


@register.inclusion_tag("ui/components/table.html", takes_context=True, name="table")
def table_tag(context: template.Context, table: Table) -> dict[str, Any]:
    """A `Table`, with links in the heads of columns that can be sorted; empty tables say so in words.

    A cell that is an `Action` is shown as its button.
    """

    def shown(value: object) -> object:
        return action_button(context, value, small=True) if isinstance(value, Action) else value

    return {"table": table, "body": table_body(table, shown), "request": context.get("request")}


@register.inclusion_tag("ui/components/sort_header.html", takes_context=True)
def sort_header(context: template.Context, label: Text, key: str, numeric: bool = False) -> dict[str, Any]:
    """A head cell that sorts by `?sort=key`, and the other way round when it already does."""
    current = query_of(context).get("sort", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    wanted = f"-{key}" if current == key else key
    return {
        "label": label,
        "numeric": numeric,
        "direction": direction,
        "url": query_with(context, sort=wanted, page=None),
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page) -> dict[str, Any]:
    """The pages of a list, keeping the rest of the address."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    items = [
        {"number": number, "current": number == page.number, "url": query_with(context, page=number)}
        if isinstance(number, int)
        else {}
        for number in numbers
    ]
    return {
        "page": page,
        "items": items,
        "previous_url": query_with(context, page=page.number - 1) if page.has_previous() else "",
        "next_url": query_with(context, page=page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/filter_panel.html", takes_context=True)
def filter_panel(
    context: template.Context, form: BaseForm, title: Text = "", row: bool = False
) -> dict[str, Any]:
    """A GET form as filters, with what is chosen and links to take it away. row: fields side by side."""
    # Filters are not marked optional, and must not share ids with another form of the page.
    form.is_filter = True  # type: ignore[attr-defined]
    form.auto_id = "filter_%s"
    chosen = [
        {"label": f"{form[name].label}: {words}", "url": query_with(context, **{name: None, "page": None})}
        for name, words in chosen_words(form)
    ]
    request = context.get("request")
    return {
        "form": form,
        "title": title or _("Filter"),
        "row": row,
        "chosen": chosen,
        "clear_url": request.path if request else "?",
    }


def chosen_words(form: BaseForm) -> list[tuple[str, str]]:
    """The name of each filter in use, with its value as it is shown."""
    if not form.is_bound:
        return []
    found = []
    for name, form_field in form.fields.items():
        value = form[name].data
        values = [
            one
            for one in (value if isinstance(value, list) else [value])
            if one not in (None, "") and one is not False
        ]
        labels = {str(key): str(label) for key, label in getattr(form_field, "choices", ())}
        labels.setdefault(str(True), _("yes"))
        if values and not form[name].is_hidden:
            found.append((name, ", ".join(labels.get(str(one), str(one)) for one in values)))
    return found


def query_of(context: template.Context) -> QueryDict:
    """The query of the request, or an empty one."""
    request = context.get("request")
    return request.GET if request else QueryDict()


def query_with(context: template.Context, **changes: object) -> str:
    """The query string with some words changed; None takes a word away."""
    query = query_of(context).copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: object) -> str:
    """`{% query page=2 filter=None %}`: the address of this page with some words of its query changed."""
    return query_with(context, **changes)


# Banners and boxes


@register.simple_tag
def error_summary(form: BaseForm | BaseFormSet | str | None) -> SafeString:
    """What is wrong with a form, each error linked to its field. Layouts show it for the context's `form`."""
    errors = errors_with_targets(form)
    return render_to_string("ui/components/error_summary.html", {"errors": errors})


def errors_with_targets(form: object) -> list[dict[str, str]]:
    """The errors of a form or formset in the order of its fields, with the id of the control to go to."""
    if isinstance(form, BaseFormSet):
        own = (
            [{"message": str(error), "target": ""} for error in form.non_form_errors()]
            if form.is_bound
            else []
        )
        return own + [error for each in form.forms for error in errors_with_targets(each)]
    if not isinstance(form, BaseForm) or not form.errors:
        return []
    # Tells the form's own template not to say it twice.
    form.summarised = True  # type: ignore[attr-defined]
    shown = [form[name] for name in form.fields if not form[name].is_hidden]
    first = target_of(form, shown[0].name) if shown else ""
    own_errors = [{"message": str(error), "target": first} for error in form.non_field_errors()]
    hidden = [
        {"message": str(error), "target": first} for bound in form.hidden_fields() for error in bound.errors
    ]
    return (
        own_errors
        + hidden
        + [
            {"message": error, "target": target_of(form, bound.name)}
            for bound in shown
            for error in errors_in_words(bound)
        ]
    )


def target_of(form: BaseForm, name: str) -> str:
    """The id of the first control of a field; of a date, of the first part that is wrong."""
    bound = form[name]
    parts = bound.errors.as_data()[0].params if bound.errors else None
    if parts and "parts" in parts:
        return f"{bound.auto_id}_{('day', 'month', 'year').index(parts['parts'][0])}"
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.inclusion_tag("ui/components/notification.html", takes_context=True)
def notification(context: template.Context, text: object, title: Text = "", kind: str = "") -> dict[str, Any]:
    """A banner. kind: "" (important), success, error, behind."""
    titles = {"success": _("Done"), "error": _("Problem"), "behind": _("Behind")}
    return {
        "text": text,
        "kind": kind,
        "title": title or titles.get(kind, _("Important")),
        "title_id": next_id(context, "banner"),
    }


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text set apart from the rest."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """Text about something that has consequences."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{} </span>'
        "{}</strong></div>",
        _("Warning"),
        content,
    )


@register.simple_block_tag
def details(content: str, summary: Text, is_open: bool = False) -> SafeString:
    """Text that is opened when it is wanted."""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        SafeString(" open") if is_open else "",
        summary,
        content,
    )


@register.simple_block_tag
def menu(content: str, label: Text) -> SafeString:
    """More actions behind one word: a details element whose body floats over the page."""
    return format_html(
        '<details class="wm-menu" data-menu><summary>{}</summary>'
        '<div class="wm-menu__body">{}</div></details>',
        label,
        content,
    )


@register.simple_block_tag
def card(content: str, title: Text = "", level: int = 2) -> SafeString:
    """A bordered part of the page with a title of the given heading level."""
    head = format_html('<h{} class="wm-card__title">{}</h{}>', level, title, level) if title else ""
    return format_html('<section class="wm-card">{}{}</section>', head, content)


@register.simple_block_tag
def next_step(content: str, title: Text, label: Text = "") -> SafeString:
    """What comes next, before all else on the page."""
    return format_html(
        '<section class="wm-next"><h2 class="wm-next__title"><span class="wm-next__label">{}</span>'
        "{}</h2>{}</section>",
        label or _("Next"),
        title,
        content,
    )


@register.simple_tag
def must_know(items: Sequence[object]) -> SafeString:
    """What nobody who deals with this person may forget. Nothing at all when there is nothing."""
    if not items:
        return SafeString("")
    lines = SafeString("".join(format_html("<li>{}</li>", item) for item in items))
    return format_html(
        '<section class="wm-must-know"><h2>{}</h2><ul>{}</ul></section>', _("Must know:"), lines
    )


@register.simple_block_tag
def empty_state(content: str, title: Text) -> SafeString:
    """A list with nothing in it: what that means, and what to do."""
    return format_html('<div class="wm-empty"><p class="wm-empty__title">{}</p>{}</div>', title, content)


@register.simple_block_tag
def words(content: str, by: Text = "") -> SafeString:
    """What somebody said, in their own words."""
    who = format_html("<footer>{}</footer>", by) if by else ""
    return format_html('<blockquote class="wm-words"><p>“{}”</p>{}</blockquote>', content.strip(), who)


# Tabs and navigation


@register.simple_block_tag
def tabs(content: str, items: Sequence[Link | Mapping[str, Any]], title: Text) -> SafeString:
    """Parts of one page, one at a time with the script and one under the other without.

    items: the labels in order, each with `label`; the id of a part is its label in web form. Inside, one
    `{% tab label %}...{% endtab %}` for each.
    """
    labels = [
        str(item["label"] if isinstance(item, Mapping) else getattr(item, "label", item)) for item in items
    ]
    links = SafeString(
        "".join(
            format_html(
                '<li class="govuk-tabs__list-item{}"><a class="govuk-tabs__tab" href="#{}">{}</a></li>',
                " govuk-tabs__list-item--selected" if place == 0 else "",
                slugify(label),
                label,
            )
            for place, label in enumerate(labels)
        )
    )
    return format_html(
        '<div class="govuk-tabs" data-module="govuk-tabs"><h2 class="govuk-tabs__title">{}</h2>'
        '<ul class="govuk-tabs__list">{}</ul>{}</div>',
        title,
        links,
        content,
    )


@register.simple_block_tag
def tab(content: str, label: Text) -> SafeString:
    """One part of `{% tabs %}`; it brings its own heading."""
    return format_html('<div class="govuk-tabs__panel" id="{}">{}</div>', slugify(str(label)), content)


@register.inclusion_tag("ui/components/sub_nav.html")
def sub_nav(items: Sequence[Link | Mapping[str, Any]], label: Text) -> dict[str, Any]:
    """Links between the pages of one thing, the present one marked."""
    return {"items": items, "label": label}


@register.inclusion_tag("ui/components/side_nav.html")
def side_nav(groups: Sequence[Mapping[str, Any]], label: Text) -> dict[str, Any]:
    """Links beside the page, in groups: each with `title` (may be empty) and `items` (links)."""
    return {"groups": groups, "label": label}


# Pictures


@register.inclusion_tag("ui/components/timeline.html", takes_context=True)
def timeline(context: template.Context, entries: Sequence[Entry]) -> dict[str, Any]:
    """Events as sentences on a line, in the order given (newest first is the custom)."""
    return {"entries": entries, "today": context.get("today")}


STEP, EDGE = 64, 28
MARKS = {"here": 12, "done": 9}


@register.inclusion_tag("ui/components/stations.html", takes_context=True)
def stations(
    context: template.Context, stops: Sequence[Stop], title: Text, caption: Text = ""
) -> dict[str, Any]:
    """The customer's way as a line with stations, the same in words beneath it."""
    places = [EDGE + STEP * place for place in range(len(stops))]
    shown = [
        {
            "x": x,
            "state": stop.state,
            "radius": MARKS.get(stop.state, 9),
            "mark": number,
            "sentence": stop_sentence(stop),
        }
        for number, (x, stop) in enumerate(zip(places, stops, strict=True), start=1)
    ]
    lines = [
        {"x1": x, "x2": x + STEP, "done": stops[place].state in {"done", "missed", "waived"}}
        for place, x in enumerate(places[:-1])
    ]
    width = EDGE * 2 + STEP * max(len(stops) - 1, 0)
    return {
        "stops": shown,
        "lines": lines,
        "title": title,
        "caption": caption,
        "width": width,
        "shown_width": round(width * 1.3),
        "id": next_id(context, "way"),
    }


def stop_sentence(stop: Stop) -> str:
    """A station in words: "Second interview: put off, until 30 June."."""
    note = f", {stop.note}" if stop.note else ""
    return f"{stop.label}: {STOP_WORDS[stop.state]}{note}."


@register.inclusion_tag("ui/components/week.html")
def week_grid(week: Week) -> dict[str, Any]:
    """A week of diaries as a table: times down, days or advisers across, slots in the cells."""
    used = {slot.kind for row in week.rows for cell in row.cells for slot in cell}
    kinds = [
        {"value": kind, "label": capfirst(str(word))} for kind, word in SLOT_WORDS.items() if kind in used
    ]
    return {"week": week, "kinds": kinds, "body": week_body(week.rows)}


# Dates and other words


def local(value: date | datetime) -> date | datetime:
    """An aware moment in the time of the place; a plain date as it is."""
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def day_of(value: date | datetime) -> date:
    """The day of a moment, in the time of the place."""
    here = local(value)
    return here.date() if isinstance(here, datetime) else here


def without_year(value: date, today: object) -> bool:
    """Whether the year can be left out, because it is this year."""
    return isinstance(today, (date, datetime)) and day_of(today).year == value.year


@register.filter
def day(value: date | datetime | None, today: object = None) -> str:
    """`{{ on|day:today }}`: Tue 4 May; with the year when it is not that of `today`, or none is given."""
    if not isinstance(value, (date, datetime)):
        return ""
    on = day_of(value)
    return formats.date_format(on, "D j M" if without_year(on, today) else "D j M Y")


@register.filter
def long_day(value: date | datetime | None, today: object = None) -> str:
    """`{{ on|long_day:today }}`: Tuesday 4 May, with the year as `day` does."""
    if not isinstance(value, (date, datetime)):
        return ""
    on = day_of(value)
    return formats.date_format(on, "l j F" if without_year(on, today) else "l j F Y")


@register.filter
def clock(value: datetime | time | None) -> str:
    """10:15, in the time of the place."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).time() if timezone.is_aware(value) else value.time()
    return f"{value:%H:%M}" if isinstance(value, time) else ""


@register.filter
def day_time(value: date | datetime | None, today: object = None) -> str:
    """Tue 4 May, 10:15; of a plain date, the day alone."""
    return f"{day(value, today)}, {clock(value)}" if isinstance(value, datetime) else day(value, today)


@register.filter
def long_day_time(value: date | datetime | None, today: object = None) -> str:
    """Tuesday 4 May, 10:15; of a plain date, the day alone."""
    return (
        f"{long_day(value, today)}, {clock(value)}" if isinstance(value, datetime) else long_day(value, today)
    )


@register.filter
def iso(value: date | datetime | None) -> str:
    """A date or moment for machines: 2004-05-04."""
    return local(value).isoformat() if isinstance(value, (date, datetime)) else ""


@register.filter
def ni(value: str | None) -> str:
    """A National Insurance number in its pairs, kept on one line: QQ 12 34 56 C."""
    packed = re.sub(r"\s", "", value or "").upper()
    found = re.fullmatch(r"([A-Z]{2})(\d{2})(\d{2})(\d{2})([A-Z]?)", packed)
    return "\N{NO-BREAK SPACE}".join(part for part in found.groups() if part) if found else value or ""


@register.filter
def telephone(value: str | None) -> str:
    """A telephone number as people here write it: 01632 960123. One that is none is shown as it is."""
    try:
        number = phonenumbers.parse(value or "", "GB")
    except phonenumbers.NumberParseException:
        return value or ""
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, form.NATIONAL if number.country_code == 44 else form.INTERNATIONAL
    )


@register.filter
def minutes(value: int | timedelta | None) -> str:
    """45 minutes; 1 hour 30 minutes. Takes minutes or a timedelta."""
    if value is None:
        return ""
    whole = int(value.total_seconds() // 60) if isinstance(value, timedelta) else int(value)
    hours, rest = divmod(whole, 60)
    parts = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(parts)


@register.filter
def plural(number: int, words: str) -> str:
    """`{{ 3|plural:"day,days" }}`: 3 days."""
    one, _comma, many = words.partition(",")
    return f"{number} {one if number == 1 else many}"
