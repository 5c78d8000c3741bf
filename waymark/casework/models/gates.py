"""Never two case managers, never none: what the tables refuse, whoever writes them (R:L1118)."""

import pgtrigger

# One moment of one case: looked at when the transaction ends, so that one manager may follow another within it.
_ONE_AND_NO_GAP = """
    SELECT c.id, c.ref, c.closed_at INTO found FROM casework_case c WHERE c.id = {case};
    IF found.id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT count(*) INTO holding FROM casework_casemanager m WHERE m.case_id = found.id AND m.until IS NULL;
    IF found.closed_at IS NULL AND holding <> 1 THEN
        RAISE EXCEPTION 'Case % would have % case managers.', found.ref, holding
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_case_manager',
                  HINT = 'Name the next case manager in the same transaction, or close the case with a reason.';
    END IF;
    IF found.closed_at IS NOT NULL AND holding <> 0 THEN
        RAISE EXCEPTION 'Case % is closed and would still have a case manager.', found.ref
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_case_manager',
                  HINT = 'End the case manager when the case is closed.';
    END IF;
    IF EXISTS (SELECT 1 FROM casework_casemanager m
                WHERE m.case_id = found.id AND m.until IS NOT NULL
                  AND m.until IS DISTINCT FROM found.closed_at
                  AND NOT EXISTS (SELECT 1 FROM casework_casemanager n
                                   WHERE n.case_id = m.case_id AND n.id <> m.id AND n.since = m.until)) THEN
        RAISE EXCEPTION 'Case % would have been without a case manager for a while.', found.ref
            USING ERRCODE = 'check_violation', CONSTRAINT = 'one_case_manager',
                  HINT = 'The next case manager begins at the moment at which the last one ends.';
    END IF;
    RETURN NULL;
"""


def _watch(name: str, operation: pgtrigger.Operation, case: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        declare=[("found", "record"), ("holding", "integer")],
        func=_ONE_AND_NO_GAP.format(case=case),
    )


CASE_HAS_ONE = _watch(
    "case_has_one_manager", pgtrigger.Insert | pgtrigger.UpdateOf("closed_at", "claim_id"), "NEW.id"
)
MANAGER_IS_FOLLOWED = _watch(
    "manager_is_followed", pgtrigger.Insert | pgtrigger.UpdateOf("since", "until", "case_id"), "NEW.case_id"
)
MANAGER_IS_KEPT = pgtrigger.Protect(name="case_managers_are_kept", operation=pgtrigger.Delete)
HOLDER_STAYS = pgtrigger.Protect(
    name="who_managed_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.case_id IS DISTINCT FROM NEW.case_id OR OLD.since IS DISTINCT FROM NEW.since"
        " OR OLD.post_id IS DISTINCT FROM NEW.post_id OR OLD.contact_id IS DISTINCT FROM NEW.contact_id"
        " OR OLD.until IS NOT NULL"
    ),
)

# A claim that ends takes its case with it: nobody is responsible for what is over.
CLAIM_TAKES_ITS_CASE = pgtrigger.Trigger(
    name="a_claim_that_ends_closes_its_case",
    operation=pgtrigger.UpdateOf("status"),
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    condition=pgtrigger.Condition("NEW.status = 'ended' AND OLD.status <> 'ended'"),
    func="""
        IF EXISTS (SELECT 1 FROM casework_case k JOIN customers_claim c ON c.id = k.claim_id
                    WHERE c.id = NEW.id AND c.status = 'ended' AND k.closed_at IS NULL) THEN
            RAISE EXCEPTION 'Claim % has ended and would still have an open case.', NEW.ref
                USING ERRCODE = 'check_violation', CONSTRAINT = 'a_claim_that_ends_closes_its_case',
                      HINT = 'Close its case in the same transaction.';
        END IF;
        RETURN NULL;
    """,
)
