"""The customer's record: a summary that answers in five seconds, then everything that happened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from waymark.customers import queries as customers
from waymark.customers import verbs as customer_verbs
from waymark.customers.enums import NoteKind
from waymark.interviews import queries
from waymark.record import queries as record
from waymark.web.asking import Asked
from waymark.web.inbound.words import waiting_tasks
from waymark.web.people.pages import done, form_page
from waymark.web.record.chains import chain
from waymark.web.record.forms import ContactForm, KeptForm, PromiseForm, TimelineFilter
from waymark.web.record.pages import actions, find_customer, head, other_pages, record_url, who_words
from waymark.web.record.words import (
    because_words,
    compulsory_words,
    next_words,
    page_words,
    state_words,
    stations,
    stations_caption,
)
from waymark.web.timeline import present
from waymark.web.worklist.next_action import next_action
from waymark.worklist import queries as worklist
from waymark.worklist import verbs as worklist_verbs

A_PAGE = 50


@require_safe
def show(request: Asked, ref: str) -> HttpResponse:
    """Who is this, what is compulsory now, what is next and whose, what must not be forgotten, what was promised."""
    customer = find_customer(request, ref)
    if customer.ref != ref:
        return redirect("customers:record", customer.ref)
    found = queries.summary(customer, request.post, request.today)
    must = customers.must_know(customer, request.today)
    stops = stations(found, request.today)
    task = found.next_task
    context = {
        **head(request, customer, "customers:record"),
        **_timeline(request, customer, found),
        "who": who_words(customer, found, request.today),
        "summary": found,
        "stop": must.stop,
        "must": [word for word in must.sentences if must.stop is None or word != must.sentences[0]],
        "state": state_words(found, request.today),
        "because": because_words(found.now),
        "next_title": next_words(task, request.today) if task else "",
        "next_action": next_action(task, request.post.role) if task else None,
        "promises": [(promise, next_action(promise, request.post.role)) for promise in found.promises],
        "actions": actions(request, customer, found),
        "waiting": waiting_tasks(found.tasks),
        "stations": stops,
        "caption": stations_caption(stops),
        "compulsory": compulsory_words(found.way) if found.way else "",
        "owed": [(task, next_action(task, request.post.role)) for task in found.owed],
        "pages": other_pages(request, customer, found.claim),
    }
    return render(request, "record/show.html", context)


def _timeline(request: Asked, customer: Any, found: queries.Summary) -> dict[str, Any]:
    """One page of the record; one row more is read to know whether there are earlier ones."""
    form = TimelineFilter(request.GET or None)
    refs = customers.record_refs(customer)
    kinds = form.kinds if form.is_bound else ()
    number = _number(request.GET.get("page", ""))
    if number == 1 and not kinds:
        rows = record.newest_events_of(refs, most=A_PAGE + 1)
    else:
        events = record.events_of(refs)
        events = events.filter(kind__in=kinds) if kinds else events
        rows = list(events[(number - 1) * A_PAGE : number * A_PAGE + 1])
    titles = found.rules.benefits if found.rules else {}
    return {
        "filter": form,
        "entries": [present(event, request.today, titles) for event in rows[:A_PAGE]],
        "page_number": number,
        "earlier": number + 1 if len(rows) > A_PAGE else None,
        "later": number - 1 if number > 1 else None,
    }


def _number(text: str) -> int:
    return min(int(text), 10_000) if text.isdecimal() and int(text) > 0 else 1


@require_safe
def interviews(request: Asked, ref: str) -> HttpResponse:
    """Every interview with its chain: put off, why, until when, what came of it."""
    customer = find_customer(request, ref)
    found = queries.interviews_of(customer, request.post)
    rules = queries.current_rules(request.today)
    chains = [chain(one, request.today, rules.get(one.claim.programme), request.post.role) for one in found]
    return render(
        request, "record/interviews.html", {**head(request, customer, "record:interviews"), "chains": chains}
    )


@require_safe
def people(request: Asked, ref: str) -> HttpResponse:
    """How the customer is reached safely, who speaks for them, and the notes."""
    customer = find_customer(request, ref)
    context = {
        **head(request, customer, "record:people"),
        "must": customers.must_know(customer, request.today),
        "notes": customers.notes_for(customer, request.post),
        "merged": customers.merged_records(customer),
        "pages": other_pages(request, customer),
    }
    return render(request, "record/people.html", context)


@require_safe
def looked(request: Asked, ref: str) -> HttpResponse:
    """Who looked at this record, newest first."""
    customer = find_customer(request, ref)
    number = _number(request.GET.get("page", ""))
    looks = queries.looks_at(customers.record_refs(customer), (number - 1) * A_PAGE, number * A_PAGE + 1)
    context = {
        **head(request, customer, "record:looked"),
        "looks": [(look, page_words(look.page)) for look in looks[:A_PAGE]],
        "page_number": number,
        "earlier": number + 1 if len(looks) > A_PAGE else None,
        "later": number - 1 if number > 1 else None,
    }
    return render(request, "record/looked.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Asked, ref: str) -> HttpResponse:
    """Write down a contact that happened."""
    customer = find_customer(request, ref)
    form = ContactForm(request.POST or None)
    kind = NoteKind.ORDINARY
    if done(
        request,
        form,
        lambda data: customer_verbs.write_note(customer, kind=kind, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("The contact is written down."))
        return redirect("customers:record", customer.ref)
    heading = _("Record a contact with %(name)s") % {"name": customer.name}
    return form_page(request, form, heading=heading, button=_("Write it down"), back=record_url(customer))


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: Asked, ref: str) -> HttpResponse:
    """Promise something: it becomes a task of whoever promised it."""
    customer = find_customer(request, ref)
    claim = queries.summary(customer, request.post, request.today).claim
    if claim is None:
        raise Http404
    form = PromiseForm(request.POST or None, today=request.today)
    if done(
        request,
        form,
        lambda data: worklist_verbs.make_promise(claim, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("The promise is written down, and is a task of yours."))
        return redirect("customers:record", customer.ref)
    heading = _("A promise to %(name)s") % {"name": customer.name}
    return form_page(request, form, heading=heading, button=_("Promise it"), back=record_url(customer))


@require_http_methods(["GET", "HEAD", "POST"])
def keep_promise(request: Asked, ref: str) -> HttpResponse:
    """Say that a promise was kept."""
    try:
        task = worklist.get_task(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    customer = task.claim.customer
    form = KeptForm(request.POST if request.method == "POST" else None)
    if done(
        request,
        form,
        lambda data: worklist_verbs.keep_promise(task, **data, by=request.post, now=request.now),
    ):
        messages.success(request, _("The promise is kept."))
        return redirect("customers:record", customer.ref)
    heading = _("Promised to %(name)s: %(words)s") % {"name": customer.name, "words": task.words}
    return form_page(request, form, heading=heading, button=_("It was kept"), back=record_url(customer))
