"""A refusal: why something may not be done, and what would make it possible."""


class Refused(Exception):
    """Raised by verbs; a screen shows it beside the button, a command prints it.

    `code` is for code and tests, `message` says why in one sentence,
    `cure` says what would make it possible (may be empty when nothing would).
    """

    def __init__(self, code: str, message: str, cure: str = "") -> None:
        super().__init__(f"{message} {cure}".strip())
        self.code = code
        self.message = message
        self.cure = cure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and (self.code, self.message) == (other.code, other.message)

    def __hash__(self) -> int:
        return hash((self.code, self.message))


def insist(refusal: Refused | None) -> None:
    """Raise the refusal, if there is one."""
    if refusal is not None:
        raise refusal
