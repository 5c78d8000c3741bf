"""What each kind of letter is for: how it stands to the customer, and what it must tell whatever a pack says."""

from collections.abc import Mapping
from dataclasses import dataclass

STANCES = ("compulsory", "voluntary", "neutral")
GENTLE = "gentle"


@dataclass(frozen=True)
class LetterKind:
    """sent: when it goes. stance: what the letter asks. `compulsory`: something must be done; `voluntary`: all is a choice;
    `neutral`: it tells something. must_tell: a pack may ask for more, never for less. about_payment: it tells of a
    decision about money, so that it may speak of money more than once. discreet: whoever finds it learns nothing.
    """

    sent: str
    stance: str
    must_tell: frozenset[str] = frozenset()
    about_payment: bool = False
    discreet: bool = False


def _of(
    sent: str, stance: str, told: str, *, about_payment: bool = False, discreet: bool = False
) -> LetterKind:
    return LetterKind(sent, stance, frozenset(told.split()), about_payment, discreet)


# An appointment that the claim requires (E:L1202-1236, E:L3252-3261, M:L5435-5587, M:L1650-1677, P:L1462).
_APPOINTMENT = (
    "what_it_is not_a_review when_and_where total_length how_to_move companion help_before setting"
    " compulsory help_is_choice safeguards claim_goes_on contact"
)
KINDS: Mapping[str, LetterKind] = {
    # first contact
    "booked": _of(
        "the interview is booked at first contact, or moved at the customer's wish",
        "compulsory",
        "what_it_is when_and_where total_length how_to_move compulsory help_is_choice",
    ),
    "booked_by_letter": _of(
        "nobody could be reached before the deferral ended, so a day was chosen",
        "compulsory",
        "why_we_write when_and_where total_length how_to_move compulsory help_is_choice",
    ),
    "deferred": _of(  # D:L414, D:L735-741, D:L980, D:L1762
        "the interview is put off",
        "compulsory",
        "deferred_not_cancelled reason until who_contacts later_compulsory help_is_choice bring_forward",
    ),
    "waived": _of(
        "the interview is not asked for", "neutral", "reason how_to_come_back review"
    ),  # E:L2761, E:L3109
    "recontact": _of(
        "nobody could be reached by telephone before the deferral ends",
        "compulsory",
        "why_we_write what_to_do what_if_not later_compulsory help_is_choice",
    ),
    "cancelled_by_us": _of(
        "we have to change the day", "neutral", "cancel_reason new_date no_decision_about_claim"
    ),  # E:L1282
    "trigger_meeting": _of("a waiver is reviewed", "voluntary", "offer voluntary how_to_come_back"),
    # the series
    "first_interview": _of(
        "the first interview of a series is booked",
        "compulsory",
        f"{_APPOINTMENT} new_support what_happens how_many",
    ),
    "next_interview": _of(
        "a later compulsory interview is booked", "compulsory", f"{_APPOINTMENT} how_many about"
    ),
    "voluntary_interview": _of(  # E:L379, E:L3380-3382
        "an interview that is a choice is booked",
        "voluntary",
        "what_it_is when_and_where total_length how_to_move voluntary no_consequence contact",
    ),
    "reminder": _of(
        "days before an appointment, by the ladder of the pack", "neutral", "when_and_where how_to_move"
    ),  # M:L1711-1715
    "unable_today": _of(
        "somebody came and was not well enough to take part",
        "neutral",
        "not_counted what_is_next claim_goes_on",
    ),  # M:L1766, M:L2343
    "shortened": _of(
        "an interview that was cut short is settled", "neutral", "how_settled what_is_next"
    ),  # D:L1115
    "summary": _of(  # E:L2844-2862
        "after every interview",
        "neutral",
        "what_was_said what_was_agreed how_many compulsory help_is_choice what_is_next how_to_correct",
    ),
    "end_of_series": _of(
        "the last compulsory interview was held",
        "neutral",
        "how_many follow_up how_to_come_back help_is_choice",
    ),  # M:L1858-1871
    # not attending
    "missed": _of(  # P:L1291, P:L969, rules 5
        "an interview was missed and there is no message",
        "neutral",
        "what_was_missed reply_by reasons_that_count how_to_answer nothing_changed safeguards contact",
    ),
    "missed_taken_back": _of(  # P:L1291: a letter that was wrong is taken back by another
        "an interview was marked as missed by mistake, and a letter had gone",
        "neutral",
        "what_was_wrong nothing_follows sorry contact",
    ),
    "reason_accepted": _of(
        "the reason for missing an interview is good", "neutral", "nothing_follows what_is_next"
    ),
    "home_visit": _of(
        "somebody will visit, since the customer could not be reached or is flagged",
        "neutral",
        "when_and_where why_we_write not_an_inspection companion how_to_move",
    ),
    "sent_to_decision_maker": _of(
        "a missed interview is referred for decision",
        "neutral",
        "what_happens nothing_changed still_tell_us who_decides",
        about_payment=True,
    ),
    "payment_change": _of(  # P:L1299, P:L1364: before any change, with reason, challenge, other benefits, a name
        "before a reduction starts",
        "neutral",
        "reason when_from amounts how_it_ends challenge other_benefits hardship help_is_choice contact",
        about_payment=True,
    ),
    "no_change": _of(
        "it was decided that nothing is taken off",
        "neutral",
        "nothing_changed what_is_next",
        about_payment=True,
    ),
    "payment_restored": _of(
        "a reduction ends", "neutral", "when_from amounts", about_payment=True
    ),  # P:L1299
    "reconsidered": _of("a decision was looked at again", "neutral", "outcome challenge", about_payment=True),
    "redress": _of(
        "a mistake of ours was put right",
        "neutral",
        "what_was_wrong what_differs what_we_put_right sorry",
        about_payment=True,
    ),
    # what is asked of a customer changes
    "requirement_ended": _of(
        "interviews are no longer compulsory: benefit, age, screening, exemption",
        "neutral",
        "not_required reason help_is_choice how_to_come_back claim_goes_on",
    ),
    "requirement_changed": _of(
        "a change of rules changes what is compulsory",
        "compulsory",
        "what_changes when_from compulsory help_is_choice challenge",
    ),
    "claim_ended": _of(  # P:L257, P:L1153, P:L1364: what is over, and where to go now
        "the claim ends, unless the customer has died",
        "neutral",
        "what_ends not_required cancelled help_is_choice contact",
    ),
    "adviser_changed": _of("the adviser changes", "neutral", "who_now when_from handed_over unchanged"),
    # money to the customer: all of it help, and so a choice (E:L379-381)
    "award_agreed": _of(
        "an award is agreed",
        "voluntary",
        "what_is_agreed amounts when_from voluntary tell_us_changes contact",
        about_payment=True,
    ),
    "award_refused": _of(
        "an award was asked for and is not agreed",
        "voluntary",
        "what_was_asked reason ask_again voluntary claim_goes_on contact",
    ),
    "award_stopped": _of(
        "an award stops before its end",
        "neutral",
        "what_stops when_from reason what_was_paid ask_again help_is_choice contact",
        about_payment=True,
    ),
    "award_ends_soon": _of(  # M:L1342-1345, M:L3042
        "some weeks before the last day of an award",
        "neutral",
        "what_ends when_from what_is_next help_is_choice contact",
        about_payment=True,
    ),
    "award_still_there": _of(
        "an award runs on, and nothing has shown for some time that what it is for goes on",
        "neutral",
        "what_is_asked when_from what_follows help_is_choice contact",
        about_payment=True,
    ),
    "case_manager_changed": _of(  # R:L1120: all parties aware
        "somebody else is responsible for the customer's help",
        "voluntary",
        "who_now when_from unchanged voluntary",
    ),
    # plans and work
    "action_plan": _of(  # E:L2846-2862, M:L4822-4824
        "the customer has agreed their plan, or a change of it",
        "voluntary",
        "plan who_does_what voluntary no_consequence review how_to_correct contact",
    ),
    "job_started": _of(  # M:L3048-3057, M:L3100-3110
        "the customer tells us of a job that has begun",
        "voluntary",
        "offer voluntary no_consequence how_to_come_back contact",
    ),
    "job_ended": _of(  # M:L1361-1366, M:L3090-3096
        "a job has ended", "voluntary", "no_failure voluntary what_is_next contact"
    ),
    "transition": _of(  # P:L1153, P:L1539
        "a benefit has ended, and it is agreed what goes on",
        "voluntary",
        "what_goes_on voluntary rights who_to_ring contact",
    ),
    # help
    "referral_confirmed": _of(  # R:L619, R:L480, R:L623
        "a customer is put in touch with a service",
        "voluntary",
        "what_it_is when_and_where voluntary no_consequence contact",
    ),
    # small messages
    "personal_link": _of(
        "the customer asks for a link to their pages", "neutral", "what_to_do until", discreet=True
    ),
    "call_missed": _of(
        "a call was not answered and it is safe to write",
        "neutral",
        "what_to_do nothing_wrong",
        discreet=True,
    ),
    "message_answered": _of("a message of the customer is answered", "neutral", "answer"),
}
OTHER = LetterKind("", "")


def kind_of(name: str) -> LetterKind:
    """What is held of a kind; a file of another name is held to the general rules only."""
    return KINDS.get(name, OTHER)
