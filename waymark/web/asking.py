"""The request as views get it: with what the middleware found out."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest


class Asked(HttpRequest):
    """Who is asking (`post`), when (`now`, `today`), and whose record was shown (`customer_read`)."""

    post: Any
    posts: list[Any]
    now: datetime
    today: date
    customer_read: str
