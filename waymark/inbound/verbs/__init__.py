"""Writing what customers tell us, and opening the way for them to tell it."""

from waymark.inbound.verbs.links import send_link
from waymark.inbound.verbs.messages import answer, log, read

__all__ = ["answer", "log", "read", "send_link"]
