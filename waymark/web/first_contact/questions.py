"""Questions from colleagues in the middle of a call, for team leaders."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from waymark.interviews import queries, verbs
from waymark.kernel.refusal import Refused
from waymark.web.asking import Asked
from waymark.web.first_contact import page as pages
from waymark.web.first_contact.forms import AnswerForm
from waymark.web.people.pages import as_csv
from waymark.web.ui.forms import refuse

PAGE = 50


@require_GET
def questions(request: Asked) -> HttpResponse:
    """Colleagues who wait for an answer, the longest waiting first."""
    found = queries.open_questions(request.post)
    if request.GET.get("format") == "csv":
        rows = [(q.asked_at.isoformat(), q.asked_by.person.name, q.words) for q in found]
        return as_csv("questions.csv", ["asked at", "by", "question"], rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "first_contact/questions.html", {"heading": _("Questions from colleagues"), "page": page}
    )


@require_http_methods(["GET", "POST"])
def question(request: Asked, ref: str) -> HttpResponse:
    """One question with the conversation it is about; the answer appears there in place."""
    try:
        asked = queries.get_question(request.post, ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    found = pages.load_talk(request, asked.conversation.ref)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.answer_question(asked, form.cleaned_data["answer"], by=request.post, now=request.now)
        except Refused as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Your answer is sent: it stands in the conversation now."))
            return redirect("first_contact:questions")
    context = {
        **pages.around(request, found, ""),
        "heading": _("Question about %(name)s") % {"name": found.claim.customer.name},
        "asked": asked,
        "form": form,
        "back_url": reverse("first_contact:questions"),
        "back_label": _("Questions from colleagues"),
    }
    return render(request, "first_contact/question.html", context)
