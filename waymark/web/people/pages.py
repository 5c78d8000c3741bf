"""What the pages of people and places have in common."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waymark.kernel.refusal import Refused
from waymark.organisations.enums import Role
from waymark.web.asking import Asked
from waymark.web.ui.components import Link
from waymark.web.ui.forms import refuse

Made = TypeVar("Made")


def done(request: Asked, form: BaseForm, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether a sent form was right and its verb went through; a refusal stands in the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        refuse(form, refusal)
        return False
    return True


def one_form(
    request: Asked,
    form: BaseForm,
    act: Callable[[dict[str, Any]], Made],
    *,
    said: Callable[[Made], str] | str,
    heading: str,
    button: str,
    back: str,
    then: Callable[[Made], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form and what follows when its verb went through.

    `act` is the call of the verb with the cleaned data; `said` is the message and `then` the address to go on
    at (`back` when there is none), each made from what the verb returned where it is a function. Anything in
    `more` goes to the template.
    """
    made: list[Made] = []
    if done(request, form, lambda data: made.append(act(data))):
        messages.success(request, said(made[0]) if callable(said) else said)
        return redirect(then(made[0]) if then else back)
    return form_page(request, form, heading=heading, button=button, back=back, **more)


def form_page(
    request: Asked, form: BaseForm, *, heading: str, button: str, back: str, **more: Any
) -> HttpResponse:
    """A page with one form."""
    context = {"form": form, "heading": heading, "button_label": button, "back_url": back, **more}
    return render(request, "people/form.html", context)


def sections(request: Asked, current: str) -> list[Link]:
    """The pages of this part that the role may open. Only administrators see more than the people."""
    if request.post.role != Role.ADMINISTRATOR:
        return []
    pages = [
        (_("People"), "people:list"),
        (_("Offices and teams"), "people:places"),
        (_("Bank holidays"), "people:holidays"),
        (_("Local values"), "people:values"),
    ]
    return [Link(label, reverse(name), name == current) for label, name in pages]


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A list as a CSV file. Cells that a spreadsheet would run as a formula are made plain."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return response


def plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def day_in_path(text: str) -> date:
    """A day written 2004-05-04 in an address; a page that is not there when it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
