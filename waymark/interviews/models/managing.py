"""What holds when people leave: nobody goes while customers or appointments are still theirs."""

import pgtrigger

from waymark.interviews.models.series import Caseload
from waymark.organisations.models import Person

HAS_LEFT = """
    IF EXISTS (SELECT 1 FROM interviews_caseload l JOIN customers_claim c ON c.id = l.claim_id
                WHERE l.adviser_id = NEW.id AND l.until IS NULL AND c.status = 'live') THEN
        RAISE EXCEPTION 'Customers are still with this person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_leaves_customers_behind',
                  HINT = 'Hand their customers over to colleagues first.';
    END IF;
    IF EXISTS (SELECT 1 FROM interviews_appointment a
                WHERE a.adviser_id = NEW.id AND a.state = 'booked'
                  AND (a.starts_at AT TIME ZONE 'Europe/London')::date > NEW.left_on)
       OR EXISTS (SELECT 1 FROM interviews_diaryentry e JOIN interviews_appointment a ON a.id = e.appointment_id
                   WHERE e.person_id = NEW.id AND e.live AND a.state = 'booked'
                     AND (lower(e.during) AT TIME ZONE 'Europe/London')::date > NEW.left_on) THEN
        RAISE EXCEPTION 'Appointments are still booked with this person after their last day.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_leaves_customers_behind',
                  HINT = 'Move these appointments to colleagues first.';
    END IF;
    RETURN NEW;
"""

WORKS_HERE = """
    IF NEW.until IS NULL AND EXISTS (SELECT 1 FROM organisations_person p
                                      WHERE p.id = NEW.adviser_id AND p.left_on IS NOT NULL) THEN
        RAISE EXCEPTION 'A customer is never with somebody who has left.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'caseload_is_with_somebody_here',
                  HINT = 'Choose an adviser who works here.';
    END IF;
    RETURN NEW;
"""


class WatchedPerson(Person):
    """Whoever leaves has handed over first."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="nobody_leaves_customers_behind",
                operation=pgtrigger.UpdateOf("left_on"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.left_on IS NOT NULL AND OLD.left_on IS NULL"),
                func=HAS_LEFT,
            )
        ]


class WatchedCaseload(Caseload):
    """A line of a caseload is with somebody who works here."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="caseload_is_with_somebody_here",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("adviser_id", "until"),
                when=pgtrigger.Before,
                func=WORKS_HERE,
            )
        ]
