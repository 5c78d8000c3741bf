"""What the tables of awards refuse, whoever writes the row: each with a sentence."""

import pgtrigger


def _refuse(condition: str, sentence: str, constraint: str, hint: str = "") -> str:
    also = f", HINT = '{hint}'" if hint else ""
    return (
        f"IF {condition} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation',"
        f" CONSTRAINT = '{constraint}'{also}; END IF;"
    )


# The line is written when the fund is held: two that come at once come one after the other, and the second finds
# what the first has left. So is the customer, whose limit holds over all offices.
NEVER_OVERSPENT = pgtrigger.Trigger(
    name="fund_never_overspent",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("left_now", "bigint"), ("found", "record"), ("had", "bigint")],
    func=f"""
        SELECT f.left_pence INTO left_now FROM awards_fund f WHERE f.id = NEW.fund_id FOR UPDATE;
        {
        _refuse(
            "left_now + NEW.pence < 0",
            "The fund has not enough left.",
            "fund_is_never_overspent",
            "The manager of the office can put more in.",
        )
    }
        IF NEW.kind = 'promised' THEN
            SELECT a.kind, a.state, a.amount_pence, a.limit_pence, a.usual_limit_pence, a.above_usual_because,
                   c.customer_id, c.office_id, f.office_id AS funds_office INTO found
              FROM awards_award a JOIN customers_claim c ON c.id = a.claim_id, awards_fund f
             WHERE a.id = NEW.award_id AND f.id = NEW.fund_id;
            {
        _refuse(
            "found.kind <> 'discretion_fund' OR found.amount_pence <> -NEW.pence",
            "What is promised is the sum of an award from the fund.",
            "promised_is_the_award",
        )
    }
            PERFORM 1 FROM customers_customer WHERE id = found.customer_id FOR UPDATE;
            SELECT coalesce(-sum(e.pence), 0) INTO had
              FROM awards_entry e JOIN awards_award a ON a.id = e.award_id
              JOIN customers_claim c ON c.id = a.claim_id
             WHERE c.customer_id = found.customer_id;
            {
        _refuse(
            "had - NEW.pence > found.limit_pence",
            "That is more than one customer can have from the fund.",
            "fund_limit_of_a_customer",
        )
    }
            {
        _refuse(
            "had - NEW.pence > found.usual_limit_pence AND found.above_usual_because = ''",
            "That is more than a customer usually has from the fund, and nothing says why.",
            "fund_above_the_usual_says_why",
        )
    }
        END IF;
        UPDATE awards_fund SET left_pence = left_pence + NEW.pence WHERE id = NEW.fund_id;
        RETURN NEW;
    """,
)

LEFT_COMES_FROM_THE_LEDGER = pgtrigger.Trigger(
    name="left_comes_from_the_ledger",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
        IF pg_trigger_depth() < 2 THEN
            IF TG_OP = 'INSERT' THEN
                {
        _refuse("NEW.left_pence <> 0", "A new fund is empty until something is put in.", "left_from_ledger")
    }
            ELSE
                {
        _refuse(
            "NEW.left_pence <> OLD.left_pence",
            "What a fund has left comes from its ledger.",
            "left_from_ledger",
        )
    }
            END IF;
        END IF;
        RETURN NEW;
    """,
)

WEEKS_OF_A_CUSTOMER = pgtrigger.Trigger(
    name="no_more_weeks_than_there_are",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("weeks", "state"),
    when=pgtrigger.Before,
    declare=[("whose", "bigint"), ("had", "bigint")],
    func=f"""
        IF NEW.weekly_pence > 0 AND NEW.state <> 'refused' THEN
            SELECT c.customer_id INTO whose FROM customers_claim c WHERE c.id = NEW.claim_id;
            PERFORM 1 FROM customers_customer WHERE id = whose FOR UPDATE;
            SELECT coalesce(sum(a.weeks), 0) INTO had
              FROM awards_award a JOIN customers_claim c ON c.id = a.claim_id
             WHERE c.customer_id = whose AND a.kind = NEW.kind AND a.state <> 'refused' AND a.ref <> NEW.ref;
            {
        _refuse(
            "had + NEW.weeks > NEW.most_weeks",
            "That is more weeks than there can be.",
            "no_more_weeks_than_there_are",
        )
    }
        END IF;
        RETURN NEW;
    """,
)

DECISION_STAYS = pgtrigger.Protect(
    name="award_stays_as_decided",
    operation=pgtrigger.UpdateOf(
        "claim_id",
        "kind",
        "facts",
        "trace",
        "advised",
        "row",
        "decided_by_id",
        "decided_at",
        "weekly_pence",
        "amount_pence",
        "limit_pence",
        "usual_limit_pence",
        "most_weeks",
        "starts_on",
    ),
)

PAID_ONCE = pgtrigger.Protect(
    name="paid_stays_paid",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.batch_id IS NOT NULL"),
)
