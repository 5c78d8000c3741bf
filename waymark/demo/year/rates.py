"""How often things happen in a simulated year. The source stands beside each; `local`: no report gives a number.

They make the days lively enough to try every verb on. They are no findings, and nothing may be read off them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rates:
    """Shares of one, or chances a working day."""

    # Who comes in.
    brought_in: float = 0.7  # of the customers, by monthly file (local)
    six_interviews: float = 0.7  # of new claims; the others meet one interview (local)
    # On the telephone.
    reached: float = 0.6  # a call finds the customer (local; E:L87 tells of repeated attempts)
    put_off_first: float = 0.09  # with `not_asked`: 7 to 14 in a hundred, D:L791-797
    not_asked: float = 0.01  # waived: D:L286-290 gives the reasons, no number (local)
    call_left_out: float = 0.05  # no call before the letter (E:L88-89 without a number; local)
    gentle: float = 0.05  # stress can harm (E:L1226; local)
    put_off_again: float = 0.25  # of re-contacts (D:L852; local)
    work_instead: float = 0.05  # of re-contacts: in work (D:L1097; local)
    benefit_changes: float = 0.0002  # a day and claim (D:L1986-1998; local)
    # Before the day.
    moved_before: float = 0.08  # the customer asks for another time (M:L1671; local)
    message_before: float = 0.03  # leaves word only (P:L1291; local)
    brings_forward: float = 0.002  # a day, of those put off (D:L290; local)
    asks_something: float = 0.0005  # a day and claim (local)
    by_telephone: float = 0.06  # of appointments (E:L2771; local)
    at_home: float = 0.02  # of appointments (D:L1097; local)
    help_to_come: float = 0.03  # childcare, travel (M:L5561-5576; local)
    # On the day.
    no_show: float = 0.18  # high in the reports, without a number (M:L730; local)
    unable: float = 0.02  # M:L1766, M:L2343; local
    cut_short: float = 0.03  # D:L1115; local
    stopped: float = 0.002  # M:L300; local
    hard: float = 0.02  # M:L300; local
    put_off_there: float = 0.03  # deferred at the interview (D:L942; local)
    waived_there: float = 0.002  # local
    time_later: float = 0.15  # the next time is found afterwards (local)
    written_at_length: float = 0.25  # of sittings with notes and barriers kept (local)
    would_like: float = 0.1  # something the customer would like (E:L2492; local)
    # After a miss.
    explains: float = 0.7  # gives a reason (most attend before a sanction is applied, P:L485; local)
    good_reason: float = 0.9  # P:L485, P:L975; local
    closed_anyhow: float = 0.6  # nothing follows though no reason was given (P:L485; local)
    challenges: float = 0.3  # of reductions (local)
    # Life.
    claim_ends: float = 0.001  # a day and claim (local)
    contact_stopped: float = 0.00003  # a day and claim (D:L288-290; local)
    staff_away: float = 0.015  # a day and adviser (E:L3349; local)
    hands_over: float = 0.05  # a day: somebody gives customers to a colleague (E:L1476; local)
    promise: float = 0.0005  # a day and claim (local)
    # By choice.
    talk_by_choice: float = 0.03  # of offers (E:L379, E:L2794; local)
    keeps_in_touch: float = 0.1  # of offers (local)
    # Second looks.
    asked_back: float = 0.05  # of checks (D:L610-622; local)
    reversed: float = 0.02  # of checks (D:L624; local)


RATES = Rates()
