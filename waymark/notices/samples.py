"""Letters filled with made-up words, to be looked at and read aloud. Every person and number is synthetic."""

from collections.abc import Mapping
from datetime import date, time

from waymark.kernel.clock import at
from waymark.notices import rendering
from waymark.notices.rules import Letter, fill

DAY = date(2004, 5, 4)
WORDS: Mapping[str, object] = {
    "about": "the computer course you asked about, and how you are",
    "access_help": "a private room, and your sister Jean with you",
    "agreed_list": [
        ("Tom Walsh", "finds out what the course costs, and rings you by Friday 14 May 2004"),
        ("You", "ask your doctor whether two mornings a week are all right"),
    ],
    "amount_after": "£45.20 a week",
    "amount_before": "£55.90 a week",
    "answer_words": "Yes, you can come at 2pm instead of 10am. We have changed it, and a new letter is on its way.",
    "appointment_date": date(2004, 5, 20),
    "appointment_time": time(10, 15),
    "ask_again_words": "If your hours go up, ring us and we look at it again.",
    "award_list": [
        ("What", "return-to-work credit, for your job with Calder Nurseries"),
        ("How much", "£40 a week, paid every two weeks"),
        ("From", "Monday 17 May 2004"),
        ("Until", "Sunday 15 May 2005, as long as you are in the job"),
    ],
    "award_name": "return-to-work credit",
    "barriers_list": ["health, on bad days", "confidence"],
    "bring_forward_phone": "01632 960123",
    "call_on": date(2004, 5, 24),
    "cancel_reason": "your adviser is ill",
    "cancelled_on": at(date(2004, 5, 20), time(10, 15)),
    "challenge_by": date(2004, 6, 18),
    "change_words": "Until now there could be three interviews. From that day there can be six, the first of them at "
    "our office and the others with our partner. You have had two, and they count.",
    "claim_benefit": "Incapacity Benefit",
    "compulsory_words": "You have to come to the next interview, or agree another day with us.",
    "contact_name": "Tom Walsh",
    "contact_on": date(2004, 6, 1),
    "contact_phone": "01632 960123",
    "customer_name": "Mrs Price",
    "decision_team": "the decision team at Northgate, 01632 960188",
    "differs_words": "The interview on 6 April counts as held. You have had two of six, not one.",
    "directions": "Come in by the side door in Mill Street, and ring the bell. We are on the second floor; there is a lift.",
    "done": 6,
    "done_list": [("You", "looked at the nursery on a Saturday")],
    "effective_date": date(2004, 6, 1),
    "elsewhere_list": [
        "Friday 11 June 2004 at 10am: Living with a back condition, The Old School, with Sally Webb",
    ],
    "employer": "Calder Nurseries",
    "ends_list": ["The talks with the adviser of the training centre"],
    "expires_on": date(2004, 5, 6),
    "first_time": at(date(2004, 5, 20), time(10, 15)),
    "first_where": "The Old School, Mill Road, Calder, CA1 3QQ",
    "follow_up_on": date(2004, 11, 4),
    "getting_there": "Bus 12 from the market to Mill Road; the door is on the left",
    "goals_list": ["to work with plants, some mornings a week", "to go out on my own again"],
    "handed_over": [
        "what you would like to do, and your plan for the course",
        "that mornings are hard for you, and that you like to talk in a private room",
        "what you asked us not to ask again",
    ],
    "help_list": [
        "a computer course at Calder College, two mornings a week",
        "a programme for living with back pain, run by nurses",
    ],
    "help_words": "Help that you have begun may go on under the new benefit, as your choice. Ask us before you give "
    "it up.",
    "how_it_ends": "It ends as soon as you come to an interview, also by telephone or at home, or tell us of a good "
    "reason. You are then paid in full from the day on which you did.",
    "last_day": date(2004, 5, 16),
    "last_day_of_award": date(2004, 6, 13),
    "likely_when": "early in June",
    "link": "https://waymark.example/p/7K2M9QXN4F",
    "missed_date": date(2004, 4, 28),
    "mode_words": "at the office",
    "money_words": "You will be paid £21.40 for the two weeks on Monday 7 June 2004.",
    "new_adviser": "Nasreen Akhtar",
    "new_benefit": "Jobseeker's Allowance",
    "new_date": at(date(2004, 5, 27), time(14)),
    "next_about": "what the course needs from you",
    "next_on": at(date(2004, 6, 17), time(10, 15)),
    "next_words": "We meet again at the office. If you are not well by then, we talk by telephone.",
    "now_words": "The new benefit has rules of its own. Whoever pays it tells you about them.",
    "number": 2,
    "office_address": "1 High Street, Calder, CA1 1AA",
    "office_name": "Calder office",
    "old_adviser": "Tom Walsh",
    "other_benefits": [
        "Jobseeker's Allowance, if you can look for work: ring 01632 960190",
        "Income Support and Housing Benefit",
        "a Crisis Loan, if you have nothing left for food or heating",
    ],
    "outcome_words": "The first decision was wrong. You were in hospital that day, and the hospital had told us. Your "
    "payments are put back to what they were, and you get what was taken off.",
    "paid_words": "You were paid until Sunday 6 June 2004. Nothing is taken back by this letter.",
    "plan_change": "Added: “Find out what the course costs” (Tom Walsh), by Friday 14 May 2004.",
    "portal_address": "waymark.example/me",
    "portal_code": "7K2M-9QXN",
    "promised": "a list of courses near you, by Friday 14 May 2004",
    "provider_name": "Wayfinders Calder",
    "reason": "You had an interview on 6 April 2004. We have heard no reason why you could not come, by telephone, by "
    "letter or when we called at your home on 20 April.",
    "recontact_on": date(2004, 6, 23),
    "reply_by": date(2004, 5, 12),
    "review_on": date(2007, 5, 4),
    "right_words": "We have corrected your record and told your adviser. No letter about the missed day will follow.",
    "rights_words": "You can appeal. Ask us how: an advice centre can help you with it at no cost.",
    "ring_whom": "Farah Aziz, 01632 960144",
    "said_list": [
        "You would like to do office work again, and begin slowly.",
        "Your back is worse in the mornings. Sitting for more than half an hour is hard.",
        "You do not want to be asked again about your old job.",
    ],
    "series_total": 6,
    "service_about": "Ten mornings in a small group, about living with a painful back.",
    "service_name": "Living with pain",
    "service_provider": "Calder Health Partnership",
    "settled_words": "We had talked about everything that was planned, so it counts as one of your interviews.",
    "show_by": date(2004, 6, 14),
    "slip_code": "",
    "start_date": date(2004, 5, 17),
    "still_to_come": "£160 in 2 payments",
    "steps_list": [
        ("Tom Walsh", "find out what the course costs, by Friday 14 May 2004"),
        ("You", "ask the doctor whether two mornings a week are all right, by Friday 21 May 2004"),
        ("Mary Holt of Calder College", "keep a place on the course, by Tuesday 1 June 2004"),
    ],
    "support_list": [
        "Somebody from our office rings now and then",
        "A support worker beside the job",
        "A weekly sum in the first year on a low wage",
    ],
    "to_come": 4,
    "today": DAY,
    "told_list": ["Name", "Address and telephone", "Health condition"],
    "total_minutes": 45,
    "until": date(2004, 6, 30),
    "visit_date": date(2004, 5, 12),
    "visit_time": time(11),
    "visitor": "Tom Walsh",
    "what_shows_it": "your last pay slip",
    "who_starts": "",
    "who_with": "Tom Walsh, personal adviser",
    "wrong_words": "You rang us on 5 April to say that you could not come. The message did not reach your adviser, "
    "and you were sent a letter about a missed interview.",
}
# Where the same word says something else in another letter.
OF_KIND: Mapping[str, Mapping[str, object]] = {
    "deferred": {
        "reason": "You told us that you have an operation on 18 May and will need six weeks to get well.",
        "likely_when": "in the first week of July 2004",
    },
    "recontact": {"reason": "You had an operation on 18 May."},
    "waived": {"reason": "You told us how ill you are, and that you do not want an interview."},
    "sent_to_decision_maker": {"missed_date": date(2004, 4, 6)},
    "no_change": {
        "missed_date": date(2004, 4, 6),
        "reason": "You were in hospital on that day, and that is a good reason.",
    },
    "payment_restored": {
        "reason": "You came to an interview on 20 May 2004.",
        "amount_after": "£55.90 a week",
    },
    "reconsidered": {"amount_after": "£55.90 a week"},
    "requirement_ended": {
        "reason": "You have turned 60. From that age nobody has to come to these interviews.",
        "promised": "",
    },
    "claim_ended": {"reason": "You have moved to another benefit.", "other_benefits": ""},
    "case_manager_changed": {
        "provider_name": "the Northgate office",
        "new_adviser": "Nasreen Akhtar",
        "until": date(2004, 9, 3),
        "next_words": "",
        "contact_name": "Nasreen Akhtar",
    },
    "action_plan": {"review_on": date(2004, 6, 15)},
    "job_ended": {
        "reason": "The work asked more than was good for you. Now we know more about what fits.",
        "next_words": "We talk with you about work that would suit you better.",
        "next_on": date(2004, 5, 14),
    },
    "transition": {"reason": "It was decided that the benefit is not due to you any more."},
    "award_ends_soon": {"contact_name": "Nasreen Akhtar"},
    "award_refused": {"reason": "The credit is for jobs of 16 hours a week or more."},
    "award_stopped": {
        "effective_date": date(2004, 6, 6),
        "reason": "Your job has ended.",
        "ask_again_words": "If you get another job, or things change, ask us again: you are welcome.",
    },
    "call_missed": {"likely_when": "on Friday afternoon"},
    "unable_today": {"promised": ""},
    "voluntary_interview": {"who_with": "Nasreen Akhtar, personal adviser"},
    "message_answered": {"next_words": "", "next_on": ""},
    "requirement_changed": {"next_words": "Your next interview stays as it is."},
    "adviser_changed": {"next_words": "Your next talk stays as it is.", "contact_name": "Nasreen Akhtar"},
}


def sample(letter: Letter, *, large_print: bool = False) -> rendering.Content:
    """The letter to somebody made up, with every word there is. Raises `MissingContent` for a word without one."""
    words = {**WORDS, **OF_KIND.get(letter.kind, {})}
    return rendering.with_envelope(
        fill(letter, words, "en"),
        ref="N4F7K2M9QX",
        language="en",
        large_print=large_print,
        on=DAY,
        name="Mrs Joan Price",
        address="2 Mill Lane, Calder, CA1 1AB",
        office_name=str(WORDS["office_name"]),
        office_address=str(WORDS["office_address"]),
        office_telephone="01632 960001",
        signed_by=str(words["contact_name"]),
    )
