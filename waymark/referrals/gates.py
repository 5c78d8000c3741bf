"""What the tables themselves refuse: nothing leaves without the customer's yes, and no referral is left to nobody.

Each raises a check violation whose text is a sentence, whoever writes the row.
"""

import pgtrigger

from waymark.referrals.enums import ReferralState

_CONSENT = (
    "EXISTS (SELECT 1 FROM referrals_consent c JOIN referrals_referral r ON r.id = {referral}"
    " WHERE c.claim_id = r.claim_id AND c.service_id = r.service_id AND c.item = {item}"
    " AND c.withdrawn_at IS NULL AND c.given_at <= {at})"
)
OPEN_STATES = ", ".join(f"'{state}'" for state in sorted(ReferralState.open()))


def _refuse(condition: str, sentence: str, constraint: str, hint: str = "") -> str:
    also = f", HINT = '{hint}'" if hint else ""
    return (
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = '{constraint}'{also}; END IF;"
    )


# R:L645, R:L861: each item to each service, and only while the customer's yes stands.
ONLY_WITH_CONSENT = pgtrigger.Trigger(
    name="sent_with_consent_only",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=_refuse(
        "NOT " + _CONSENT.format(referral="NEW.referral_id", item="NEW.item", at="NEW.sent_at"),
        "The customer has not agreed that this item is told to this service.",
        "sent_with_consent_only",
        "Ask the customer about this item and this service.",
    )
    + " RETURN NEW;",
)

# What the service tells us beyond coming and not coming needs the customer's yes as well (R:L861).
HEARD_WITH_CONSENT = pgtrigger.Trigger(
    name="heard_with_consent_only",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=_refuse(
        "NOT " + _CONSENT.format(referral="NEW.referral_id", item="'feedback'", at="NEW.at"),
        "The customer has not agreed that this service tells us how it goes.",
        "heard_with_consent_only",
        "Ask the customer first.",
    )
    + " RETURN NEW;",
)

CONSENT_STAYS = pgtrigger.Protect(
    name="consent_stays_as_it_was_given",
    operation=pgtrigger.UpdateOf("claim_id", "service_id", "item", "given_at", "given_by_id", "how"),
)
WITHDRAWN_ONCE = pgtrigger.Protect(
    name="consent_is_withdrawn_once",
    operation=pgtrigger.UpdateOf("withdrawn_at"),
    condition=pgtrigger.Condition("OLD.withdrawn_at IS NOT NULL"),
)

# An assessor looks first where the programme says so (E:L1890).
ADMITTED_FIRST = "A person is admitted by the programme’s own assessor before anything begins."

# Whether the claim is live or has ended: help that goes on is somebody's to see to until it is over.
_LEFT = """
    SELECT r.ref INTO left_ref FROM referrals_referral r
     WHERE {which} AND r.state IN ({states})
       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = r.task_id AND t.closed_at IS NULL);
    IF left_ref IS NOT NULL THEN
        RAISE EXCEPTION 'Referral % would be left to nobody.', left_ref
            USING ERRCODE = 'check_violation', CONSTRAINT = 'no_referral_left_to_nobody',
                  HINT = 'Open its next task in the same transaction.';
    END IF;
    RETURN NULL;
"""

NO_REFERRAL_LEFT = pgtrigger.Trigger(
    name="no_referral_left_to_nobody",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "task_id"),
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    declare=[("left_ref", "text")],
    func=_LEFT.format(which="r.id = NEW.id", states=OPEN_STATES),
)

NO_TASK_CLOSED_UNDER_IT = pgtrigger.Trigger(
    name="no_task_closed_under_a_referral",
    operation=pgtrigger.UpdateOf("closed_at"),
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    declare=[("left_ref", "text")],
    func=_LEFT.format(which="r.task_id = NEW.id", states=OPEN_STATES),
)
