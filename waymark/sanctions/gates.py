"""The gates as the database holds them: what the verbs refuse with a sentence, the tables refuse as well.

Each raises a check violation whose text is a sentence, whoever writes the row.
"""

import pgtrigger


def _refuse(condition: str, sentence: str, constraint: str, hint: str = "") -> str:
    also = f", HINT = '{hint}'" if hint else ""
    return (
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = '{constraint}'{also}; END IF;"
    )


# The claim of the case, and whether its customer has told us anything nobody has answered yet.
_CASE = """
    SELECT b.*, i.claim_id, i.mandatory, a.starts_at, a.made_at, a.ref AS appointment_ref INTO found
      FROM sanctions_breach b
      JOIN interviews_interview i ON i.id = b.interview_id
      JOIN interviews_appointment a ON a.id = b.appointment_id
     WHERE b.id = {breach};
"""
_UNANSWERED = "EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = {claim} AND m.answered_at IS NULL)"
_REQUIRED = (
    "EXISTS (SELECT 1 FROM interviews_requirement r"
    " WHERE r.claim_id = {claim} AND r.until IS NULL AND r.standing = 'mandatory')"
)
_STOPPED = (
    "EXISTS (SELECT 1 FROM customers_stop s JOIN customers_claim c ON c.customer_id = s.customer_id"
    " WHERE c.id = {claim} AND s.lifted_at IS NULL)"
)
# Another time was asked for beforehand: never a failure to attend, whatever was answered (M:L1671).
_ASKED_BEFOREHAND = (
    "{case}.kind = 'not_attending' AND EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id"
    " AND m.about IN ('cannot_come', 'move', 'pause') AND m.received_at < found.starts_at"
    " AND m.received_at >= found.made_at AND m.appointment IN ('', found.appointment_ref))"
)
UNANSWERED = "The customer has told us something that nobody has answered yet."
CHOICE = "For this customer interviews are a choice."
VOLUNTARY = "A voluntary interview has no consequences."
STOPPED = "Contact with this customer is stopped."
ASKED = "The customer asked for another time beforehand."


def _shut(where: str, constraint: str, *, claim: str) -> str:
    """What shuts every step against a customer: a choice, an unanswered message, a stop. where: only then."""
    refusals = " ".join(
        [
            _refuse("NOT " + _REQUIRED.format(claim=claim), CHOICE, f"{constraint}_compulsory"),
            _refuse(_UNANSWERED.format(claim=claim), UNANSWERED, f"{constraint}_message"),
            _refuse(_STOPPED.format(claim=claim), STOPPED, f"{constraint}_stop"),
        ]
    )
    return f"IF {where} THEN {refusals} END IF;" if where else refusals


ONLY_COMPULSORY = pgtrigger.Trigger(
    name="only_compulsory_interviews",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("interview_id", "appointment_id"),
    when=pgtrigger.Before,
    declare=[("found", "record")],
    func=f"""
        SELECT i.mandatory, i.claim_id, a.interview_id AS of_interview, a.starts_at, a.made_at,
               a.ref AS appointment_ref, a.state INTO found
          FROM interviews_interview i, interviews_appointment a
         WHERE i.id = NEW.interview_id AND a.id = NEW.appointment_id;
        {_refuse("NOT found.mandatory", VOLUNTARY, "only_compulsory")}
        {_refuse("NOT " + _REQUIRED.format(claim="found.claim_id"), CHOICE, "only_compulsory")}
        {
        _refuse(
            "found.of_interview <> NEW.interview_id",
            "This appointment is of another interview.",
            "only_compulsory",
        )
    }
        {
        _refuse(
            "NEW.kind = 'not_attending' AND found.state <> 'missed'",
            "This appointment was not missed.",
            "only_what_was_missed",
        )
    }
        {_refuse(_ASKED_BEFOREHAND.format(case="NEW"), ASKED, "asked_beforehand")}
        {_refuse(_UNANSWERED.format(claim="found.claim_id"), UNANSWERED, "case_message")}
        RETURN NEW;
    """,
)

RULES_NEVER_EASE = pgtrigger.Protect(
    name="rules_of_a_case_stay",
    operation=pgtrigger.UpdateOf("attempts_needed", "ways_needed", "questions_needed", "reply_by"),
    condition=pgtrigger.Condition(
        "OLD.attempts_needed > NEW.attempts_needed OR OLD.ways_needed > NEW.ways_needed"
        " OR NOT (NEW.questions_needed @> OLD.questions_needed) OR NEW.reply_by < OLD.reply_by"
    ),
)

SAFEGUARDS_NEVER_EASE = pgtrigger.Protect(
    name="a_visit_stays_needed",
    operation=pgtrigger.UpdateOf("visit_needed"),
    condition=pgtrigger.Condition("OLD.visit_needed AND NOT NEW.visit_needed"),
)

# An attempt by letter counts when the letter has gone, and did not come back.
_ATTEMPTS = (
    "FROM sanctions_attempt t WHERE t.breach_id = NEW.breach_id AND (t.notice_id IS NULL OR EXISTS"
    " (SELECT 1 FROM notices_notice n WHERE n.id = t.notice_id AND n.sent_at IS NOT NULL"
    " AND n.came_back_on IS NULL))"
)

# Who cannot read is told of something when somebody has read the letter to them (E:L3053-3061).
_CANNOT_READ = (
    "EXISTS (SELECT 1 FROM customers_accessneeds a JOIN customers_claim c ON c.customer_id = a.customer_id"
    " WHERE c.id = n.claim_id AND a.read_aloud)"
)

EVERY_GATE = pgtrigger.Trigger(
    name="every_gate_is_passed",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("found", "record")],
    func=f"""
        {_CASE.format(breach="NEW.breach_id")}
        {_refuse("NOT found.mandatory", VOLUNTARY, "gate_compulsory")}
        {_refuse("NOT " + _REQUIRED.format(claim="found.claim_id"), CHOICE, "gate_compulsory")}
        {_refuse(_ASKED_BEFOREHAND.format(case="found"), ASKED, "gate_asked_beforehand")}
        {_refuse(_UNANSWERED.format(claim="found.claim_id"), UNANSWERED, "gate_message")}
        {_refuse(_STOPPED.format(claim="found.claim_id"), STOPPED, "gate_stop")}
        {
        _refuse(
            "NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = NEW.proof_id"
            " AND n.claim_id = found.claim_id AND n.sent_at < found.starts_at AND n.came_back_on IS NULL"
            " AND (n.read_aloud_on <= (found.starts_at AT TIME ZONE 'Europe/London')::date"
            f" OR NOT {_CANNOT_READ}))",
            "There is no proof that the customer was told of the appointment beforehand.",
            "gate_notice",
        )
    }
        {
        _refuse(
            "NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = found.asked_by_notice_id"
            " AND n.came_back_on IS NULL AND (n.sent_at AT TIME ZONE 'Europe/London')::date < found.reply_by"
            f" AND (n.read_aloud_on < found.reply_by OR NOT {_CANNOT_READ}))"
            " AND NOT EXISTS (SELECT 1 FROM sanctions_attempt t"
            " WHERE t.breach_id = NEW.breach_id AND t.reached)",
            "Nobody has asked the customer: no letter went out in time, and nobody was reached.",
            "gate_asked",
        )
    }
        {
        _refuse(
            f"(SELECT count(DISTINCT t.on) {_ATTEMPTS}) < found.attempts_needed"
            f" OR (SELECT count(DISTINCT t.channel) {_ATTEMPTS}) < found.ways_needed",
            "Not enough has been tried to reach the customer.",
            "gate_attempts",
        )
    }
        {
        _refuse(
            "found.cause_good IS NOT FALSE AND (NEW.made_at AT TIME ZONE 'Europe/London')::date"
            " <= found.reply_by",
            "The customer still has time to give a reason.",
            "gate_time",
        )
    }
        {
        _refuse(
            "found.reason_given_at IS NOT NULL AND found.cause_good IS NULL",
            "Nobody has decided about the reason the customer gave.",
            "gate_reason",
        )
    }
        {_refuse("found.cause_good", "There was good cause.", "gate_reason")}
        {
        _refuse(
            "EXISTS (SELECT 1 FROM unnest(found.questions_needed) q WHERE NOT EXISTS"
            " (SELECT 1 FROM sanctions_safeguard s WHERE s.breach_id = NEW.breach_id AND s.question = q))",
            "The questions about health and vulnerability are not all answered.",
            "gate_safeguards",
        )
    }
        {
        _refuse(
            "found.visit_needed AND NOT EXISTS (SELECT 1 FROM sanctions_homevisit v"
            " WHERE v.breach_id = NEW.breach_id AND v.done_on IS NOT NULL)",
            "A home visit comes first.",
            "gate_visit",
        )
    }
        RETURN NEW;
    """,
)

ANOTHER_PERSON_DECIDES = pgtrigger.Trigger(
    name="another_person_decides",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("found", "record")],
    func=f"""
        SELECT b.breach_id, i.claim_id, x.state, maker.person_id AS maker, decider.person_id AS decider,
               opener.person_id AS opener, judge.person_id AS judge,
               b.id = (SELECT max(y.id) FROM sanctions_bundle y WHERE y.breach_id = x.id) AS newest INTO found
          FROM sanctions_bundle b
          JOIN sanctions_breach x ON x.id = b.breach_id
          JOIN interviews_interview i ON i.id = x.interview_id
          JOIN organisations_post maker ON maker.id = b.made_by_id
          JOIN organisations_post opener ON opener.id = x.opened_by_id
          JOIN organisations_post decider ON decider.id = NEW.decided_by_id
          LEFT JOIN organisations_post judge ON judge.id = x.cause_by_id
         WHERE b.id = NEW.bundle_id;
        {
        _refuse(
            "found.decider IN (found.maker, found.opener) OR found.decider IS NOT DISTINCT FROM found.judge",
            "Who referred the case cannot decide it.",
            "another_person_decides",
        )
    }
        {
        _refuse(
            "found.state <> 'referred' OR NOT found.newest",
            "This case is not with the decision makers.",
            "decided_when_referred",
        )
    }
        {
        _refuse(
            "NEW.outcome = 'sanction' AND EXISTS (SELECT 1 FROM sanctions_bundle b JOIN notices_notice n"
            " ON n.id = b.proof_id WHERE b.id = NEW.bundle_id AND n.came_back_on IS NOT NULL)",
            "The letter that told of the appointment came back.",
            "gate_notice",
        )
    }
        {_shut("NEW.outcome = 'sanction'", "gate", claim="found.claim_id")}
        RETURN NEW;
    """,
)

RULED_A_REDUCTION = pgtrigger.Trigger(
    name="a_reduction_was_ruled",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=_refuse(
        "NOT EXISTS (SELECT 1 FROM sanctions_ruling r WHERE r.id = NEW.ruling_id AND r.outcome = 'sanction')",
        "No reduction was decided.",
        "a_reduction_was_ruled",
    )
    + _refuse(
        "EXISTS (SELECT 1 FROM sanctions_ruling r WHERE r.id = NEW.ruling_id"
        " AND NEW.starts_on <= (r.decided_at AT TIME ZONE 'Europe/London')::date)",
        "Less is paid only some days after the decision.",
        "less_is_paid_only_later",
    )
    + " RETURN NEW;",
)

TOLD_BEFORE_IT_TAKES_EFFECT = pgtrigger.Trigger(
    name="told_before_it_takes_effect",
    operation=pgtrigger.UpdateOf("state"),
    when=pgtrigger.Before,
    declare=[("sent", "timestamptz"), ("claim", "bigint"), ("lost", "boolean")],
    func=f"""
        IF NEW.state = 'in_effect' AND OLD.state <> 'in_effect' THEN
            SELECT n.sent_at, n.claim_id,
                   n.came_back_on IS NOT NULL OR (n.read_aloud_on IS NULL AND {_CANNOT_READ})
              INTO sent, claim, lost
              FROM notices_notice n WHERE n.id = NEW.notice_id;
            {
        _refuse(
            "sent IS NULL OR sent >= NEW.in_effect_at OR lost",
            "The customer has not been told yet.",
            "told_before_it_takes_effect",
        )
    }
            {
        _refuse(
            "(NEW.in_effect_at AT TIME ZONE 'Europe/London')::date < NEW.starts_on",
            "The day from which less is paid has not come yet.",
            "told_before_it_takes_effect",
        )
    }
            {_shut("", "effect", claim="claim")}
            {
        _refuse(
            "EXISTS (SELECT 1 FROM sanctions_challenge c"
            " WHERE c.ruling_id = NEW.ruling_id AND c.decided_at IS NULL)",
            "The customer has challenged the decision, and nobody has looked at it again yet.",
            "challenge_first",
        )
    }
        END IF;
        RETURN NEW;
    """,
)

ANOTHER_PERSON_RECONSIDERS = pgtrigger.Trigger(
    name="another_person_reconsiders",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="IF NEW.decided_by_id IS NOT NULL THEN "
    + _refuse(
        "EXISTS (SELECT 1 FROM sanctions_ruling r JOIN sanctions_bundle b ON b.id = r.bundle_id"
        " JOIN sanctions_breach x ON x.id = b.breach_id"
        " JOIN organisations_post p ON p.id IN (r.decided_by_id, b.made_by_id, x.opened_by_id)"
        " JOIN organisations_post q ON q.id = NEW.decided_by_id"
        " WHERE r.id = NEW.ruling_id AND p.person_id = q.person_id)",
        "Who made the decision cannot look at it again.",
        "another_person_reconsiders",
    )
    + " END IF; RETURN NEW;",
)
