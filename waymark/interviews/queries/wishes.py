"""What a customer would like and is still owed an answer to, beside a decision about an interview."""

from django.db.models import QuerySet

from waymark.interviews.models import Decision, Interest


def open_wishes(decision: Decision) -> QuerySet[Interest, str]:
    """In the customer's words, the soonest owed first. One query."""
    return Interest.objects.filter(claim=decision.interview.claim_id, answered_on=None).values_list(
        "words", flat=True
    )
