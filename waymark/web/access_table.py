"""Who may open which page: every address of ours stands here, by name. A page that does not cannot be opened.

Which *customers* a person reaches is another question, answered by the query each view starts from.
"""

from collections.abc import Callable, Iterable

from waymark.organisations.enums import Role

AGENT, LEADER, ADVISER, ASSESSOR = Role.AGENT, Role.TEAM_LEADER, Role.ADVISER, Role.ASSESSOR
MANAGER, ADMINISTRATOR, POLICY = Role.ADVISER_MANAGER, Role.ADMINISTRATOR, Role.POLICY_OWNER
DECIDER, DISABILITY_ADVISER = Role.DECISION_MAKER, Role.DISABILITY_ADVISER

ANYBODY: frozenset[str] = frozenset({"anybody"})
EVERYONE = frozenset(Role.values)
CASEWORK = frozenset({AGENT, LEADER, ADVISER, MANAGER})
# The same without the compulsory interviews: what a disability adviser does as well.
HELPS = CASEWORK | {DISABILITY_ADVISER}
SEES_CUSTOMERS = HELPS | {ASSESSOR}
NOTES_ABSENCES = frozenset({ADMINISTRATOR, MANAGER, LEADER})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
# Who decides about money to a customer.
GIVES_MONEY = frozenset({ADVISER, DISABILITY_ADVISER, LEADER, MANAGER})
# Not attending: who takes up a case, and who sees it.
PURSUES = frozenset({ADVISER, LEADER, MANAGER})
SEES_CASES = CASEWORK | {DECIDER}

# The directory: who reads it, who keeps entries true, who is asked how well they know a service.
KNOWS_SERVICES = frozenset({ADVISER, Role.DISABILITY_ADVISER, LEADER, MANAGER})
KEEPS_DIRECTORY = KNOWS_SERVICES | {ADMINISTRATOR}
READS_DIRECTORY = KEEPS_DIRECTORY | {AGENT, ASSESSOR, POLICY}
# Help: who puts customers in touch with services, and the services' own people.
REFERS = frozenset({ADVISER, DISABILITY_ADVISER, LEADER, MANAGER})
PROVIDERS = frozenset({Role.PROVIDER})

ACCESS: dict[str, frozenset[str]] = {
    "health": ANYBODY,
    "home": ANYBODY,
    "choose_role": ANYBODY,
    "account": EVERYONE,
    "calendar_feed": ANYBODY,
    "gallery": EVERYONE,
    "today": EVERYONE,
    "act_as": EVERYONE,
    # the worklist
    **dict.fromkeys(("worklist:list", "worklist:offered", "worklist:task"), SEES_CUSTOMERS),
    **dict.fromkeys(("worklist:take", "worklist:hand_back", "worklist:give", "worklist:move"), HELPS),
    # plans and work
    **dict.fromkeys(
        ("actionplans:plan", "actionplans:versions", "actionplans:paper", "actionplans:distance"),
        SEES_CUSTOMERS,
    ),
    **dict.fromkeys(("employment:work", "employment:transition", "employment:transitions"), SEES_CUSTOMERS),
    **dict.fromkeys(
        (
            "actionplans:aim",
            "actionplans:goal",
            "actionplans:close_goal",
            "actionplans:barriers",
            "actionplans:agree",
            "actionplans:review",
            "actionplans:add_step",
            "actionplans:step",
            "actionplans:of_task",
            "actionplans:take_wish",
            "actionplans:take_promise",
            "actionplans:see_signs",
            "employment:add",
            "employment:start",
            "employment:change",
            "employment:evidence",
            "employment:offer",
            "employment:leave",
            "employment:after",
            "employment:sustained",
            "employment:call",
            "employment:due_call",
            "employment:wishes",
            "employment:disclosure",
            "employment:begin_transition",
            "employment:agree_transition",
            "employment:appeal",
            "employment:touch",
        ),
        HELPS,
    ),
    # the record
    **dict.fromkeys(
        (
            "record:interviews",
            "record:help",
            "record:people",
            "record:looked",
            "record:decision",
            "record:replay",
        ),
        SEES_CUSTOMERS,
    ),
    **dict.fromkeys(("record:contact", "record:promise", "record:keep_promise"), HELPS),
    # people and places
    **dict.fromkeys(("people:list", "people:show", "people:absence", "people:end_absence"), NOTES_ABSENCES),
    **dict.fromkeys(
        (
            "people:add",
            "people:give_post",
            "people:end_post",
            "people:leave",
            "people:come_back",
            "people:sign_in_link",
            "people:places",
            "people:add_office",
            "people:office",
            "people:add_room",
            "people:open_team",
            "people:close_team",
            "people:holidays",
            "people:remove_holiday",
            "people:values",
            "people:set_value",
            "people:end_value",
        ),
        ADMINISTRATORS,
    ),
    # customers
    **dict.fromkeys(("customers:search", "customers:record", "customers:notes"), SEES_CUSTOMERS),
    **dict.fromkeys(
        (
            "customers:new",
            "customers:new_claim",
            "customers:benefit",
            "customers:end_claim",
            "customers:identity",
        ),
        CASEWORK,
    ),
    **dict.fromkeys(
        (
            "customers:contact",
            "customers:needs",
            "customers:people",
            "customers:end_person",
            "customers:stop",
        ),
        HELPS,
    ),
    "customers:merge": frozenset({LEADER, MANAGER}),
    # what customers tell us, and the keys to their own pages
    **dict.fromkeys(("inbound:list", "inbound:log", "inbound:message"), SEES_CUSTOMERS),
    **dict.fromkeys(
        ("inbound:read", "inbound:keys", "inbound:send_link", "inbound:show_link", "inbound:end_key"),
        HELPS,
    ),
    # customers' own pages: each asks for a key of their own (see customer_portal.visits)
    **dict.fromkeys(
        (
            "my:home",
            "my:door",
            "my:code",
            "my:link",
            "my:leave",
            "my:left",
            "my:size",
            "my:language",
            "my:why",
            "my:services",
            "my:service",
            "my:time",
            "my:cannot_come",
            "my:ask",
            "my:messages",
            "my:message",
            "my:needs",
            "my:hours",
            "my:reach",
            "my:letters",
            "my:letter",
            "my:letter_pdf",
            "my:agreed",
            "my:plan",
            "my:plan_agree",
            "my:plan_wrong",
            "my:plan_did",
            "my:wrong",
            "my:not_there",
            "my:money",
            "my:money_pdf",
        ),
        ANYBODY,
    ),
    # money to the customer
    **dict.fromkeys(
        ("awards:money", "awards:award", "awards:calculation", "awards:calculation_pdf"), SEES_CUSTOMERS
    ),
    **dict.fromkeys(
        (
            "awards:chances",
            "awards:questions",
            "awards:offer",
            "awards:decide",
            "awards:better_off",
            "awards:agree",
            "awards:change",
            "awards:stop",
            "awards:seen",
            "awards:talked",
            "awards:let_go",
            "awards:held",
            "awards:own_fund",
            "awards:fund",
        ),
        GIVES_MONEY,
    ),
    "awards:change_fund": frozenset({MANAGER}),
    **dict.fromkeys(("awards:payments", "awards:payment"), GIVES_MONEY | {ASSESSOR}),
    # who is responsible, and who helps with a part
    "casework:case": SEES_CUSTOMERS,
    "casework:outside": ANYBODY,
    **dict.fromkeys(
        (
            "casework:mine",
            "casework:transfers",
            "casework:transfer",
            "casework:withdraw",
            "casework:bring_back",
            "casework:prolong",
            "casework:enquiries",
            "casework:ask",
            "casework:enquiry",
            "casework:held_on",
            "casework:missing",
            "casework:figures",
            "casework:meeting",
            "casework:fell_through",
            "casework:move_meeting",
            "casework:cancel_meeting",
            "casework:news",
            "casework:news_read",
            "casework:told_by_word",
            "casework:step",
            "casework:take_on",
            "casework:name",
            "casework:hand_over",
            "casework:plan_meeting",
            "casework:log",
            "casework:rhythm",
            "casework:wish",
            "casework:party",
            "casework:ask_about",
            "casework:keep",
            "casework:close",
        ),
        frozenset({LEADER, ADVISER, DISABILITY_ADVISER, MANAGER}),
    ),
    "my:helpers": ANYBODY,
    # not attending
    **dict.fromkeys(
        (
            "sanctions:list",
            "sanctions:case",
            "sanctions:of_claim",
            "sanctions:money_of_claim",
            "sanctions:bundle",
            "sanctions:pdf",
            "sanctions:sanction",
            "sanctions:times",
        ),
        SEES_CASES,
    ),
    **dict.fromkeys(
        (
            "sanctions:open",
            "sanctions:attempt",
            "sanctions:reason",
            "sanctions:judge",
            "sanctions:questions",
            "sanctions:visit",
            "sanctions:visited",
            "sanctions:close",
            "sanctions:refer",
        ),
        PURSUES,
    ),
    **dict.fromkeys(
        ("sanctions:lift", "sanctions:set_aside", "sanctions:called", "sanctions:challenge"),
        PURSUES | {DECIDER},
    ),
    **dict.fromkeys(("sanctions:effect", "sanctions:decide_challenge"), frozenset({DECIDER})),
    **dict.fromkeys(("sanctions:drafts", "sanctions:draft"), frozenset({LEADER, MANAGER, DECIDER})),
    # diaries
    **dict.fromkeys(
        (
            "diaries:week",
            "diaries:day",
            "diaries:find",
            "diaries:person",
            "diaries:hours",
            "diaries:blocks",
            "diaries:unblock",
            "diaries:appointment",
        ),
        SEES_CUSTOMERS,
    ),
    "diaries:move": CASEWORK,
    "diaries:cancel": CASEWORK,
    "diaries:end_hours": frozenset({MANAGER}),
    "diaries:calendar": frozenset({ADVISER, DISABILITY_ADVISER, ASSESSOR, MANAGER}),
    # managers: many appointments, many customers
    **dict.fromkeys(
        (
            "managers:overview",
            "managers:gaps",
            "managers:rebook",
            "managers:hand_over",
            "managers:continuity",
            "managers:missed",
        ),
        frozenset({LEADER, MANAGER}),
    ),
    "managers:changes": frozenset({ADVISER, LEADER, MANAGER}),
    "managers:move_for_task": CASEWORK,
    "managers:overbook": CASEWORK,
    # versions of programmes
    **dict.fromkeys(
        (
            "programmes:list",
            "programmes:versions",
            "programmes:version",
            "programmes:table",
            "programmes:differences",
            "programmes:touched",
            "programmes:touched_claims",
            "programmes:touched_decisions",
            "programmes:propose",
            "programmes:publish",
            "programmes:withdraw",
        ),
        frozenset({POLICY}),
    ),
    # a second person looks
    **dict.fromkeys(("checks:queue", "checks:show", "checks:log"), frozenset({LEADER, MANAGER})),
    "checks:answer": CASEWORK,
    # before a deferral ends
    **dict.fromkeys(
        (
            "recontact:list",
            "recontact:sheet",
            "recontact:attempt",
            "recontact:write",
            "recontact:changed",
            "recontact:decide",
            "recontact:by_letter",
        ),
        CASEWORK,
    ),
    # one interview
    **dict.fromkeys(
        (
            "interviews:book",
            "interviews:defer",
            "interviews:circumstances",
            "interviews:decide",
            "interviews:bring_forward",
            "interviews:review_waiver",
        ),
        CASEWORK,
    ),
    # the interview itself: before, during, after
    **dict.fromkeys(
        (
            "sittings:of_interview",
            "sittings:before",
            "sittings:begin",
            "sittings:missed",
            "sittings:screen",
            "sittings:during",
            "sittings:read",
            "sittings:text",
            "sittings:state",
            "sittings:marks",
            "sittings:present",
            "sittings:interest",
            "sittings:after",
            "sittings:next",
            "sittings:time",
            "sittings:reason",
            "sittings:facts",
            "sittings:decision",
            "sittings:summary",
            "sittings:check",
        ),
        CASEWORK,
    ),
    # the series round it
    **dict.fromkeys(
        (
            "series:pre_call",
            "series:pre_call_attempt",
            "series:missed",
            "series:take_back",
            "series:preferences",
            "series:help",
            "series:hours",
            "series:against",
            "series:arrange",
            "series:voluntary",
            "series:review",
            "series:follow_up",
            "series:take_over",
            "series:debrief",
            "series:interest",
            "series:correction",
        ),
        CASEWORK,
    ),
    **dict.fromkeys(("series:requirement", "series:screening"), frozenset({LEADER, ADVISER, MANAGER})),
    # the directory of services
    **dict.fromkeys(
        (
            "directory:search",
            "directory:compare",
            "directory:sheet",
            "directory:entry",
            "directory:coverage",
            "directory:unmet",
            "directory:organisations",
            "directory:organisation",
            "directory:liaison",
            "directory:handout",
            "directory:contact",
            "directory:end_contact",
            "directory:change",
            "directory:experience",
        ),
        READS_DIRECTORY,
    ),
    **dict.fromkeys(
        (
            "directory:new",
            "directory:edit",
            "directory:where",
            "directory:confirm",
            "directory:withdraw",
            "directory:bring_back",
            "directory:give",
            "directory:to_confirm",
            "directory:edit_organisation",
            "directory:place",
            "directory:edit_place",
        ),
        KEEPS_DIRECTORY,
    ),
    **dict.fromkeys(("directory:knowledge", "directory:know"), KNOWS_SERVICES),
    **dict.fromkeys(("directory:view", "directory:note_unmet"), KNOWS_SERVICES | {AGENT, ASSESSOR}),
    # the directory as open data, without signing in, where the setting allows it
    **dict.fromkeys(
        (
            "open_referral:about",
            "open_referral:services",
            "open_referral:service",
            "open_referral:organizations",
            "open_referral:organization",
            "open_referral:service_at_locations",
            "open_referral:service_at_location",
            "open_referral:taxonomies",
            "open_referral:taxonomy",
            "open_referral:taxonomy_terms",
            "open_referral:taxonomy_term",
        ),
        ANYBODY,
    ),
    # guidance and programmes
    **dict.fromkeys(("guidance:search", "guidance:item"), SEES_CUSTOMERS | {POLICY}),
    **dict.fromkeys(("guidance:programmes", "guidance:programme", "guidance:table"), EVERYONE),
    "notices:of_customer": SEES_CUSTOMERS,
    "notices:show": SEES_CUSTOMERS,
    "notices:pdf": SEES_CUSTOMERS,
    **dict.fromkeys(("notices:reminders", "notices:resume"), CASEWORK),
    "notices:came_back": CASEWORK | {ADMINISTRATOR},
    **dict.fromkeys(
        (
            "notices:send_again",
            "notices:read_aloud",
            "notices:address_is_right",
            "notices:email_is_right",
        ),
        CASEWORK,
    ),
    "notices:outbox": frozenset({LEADER, ADMINISTRATOR}),
    "notices:printed": frozenset({LEADER, ADMINISTRATOR}),
    "notices:retry": frozenset({LEADER, ADMINISTRATOR}),
    **dict.fromkeys(("notices:retry_mail", "notices:withdraw_mail"), frozenset({LEADER, ADMINISTRATOR})),
    "notices:withdraw": frozenset({LEADER, ADMINISTRATOR}),
    # first contact
    **dict.fromkeys(
        (
            "first_contact:queue",
            "first_contact:next",
            "first_contact:incoming",
            "first_contact:start",
            "first_contact:attempt",
            "first_contact:talk",
            "first_contact:go",
            "first_contact:skip",
            "first_contact:notes",
            "first_contact:say",
            "first_contact:support",
            "first_contact:offer",
            "first_contact:view",
            "first_contact:hold",
            "first_contact:break_off",
            "first_contact:resume",
            "first_contact:ask",
            "first_contact:answers",
            "first_contact:decide",
            "first_contact:check",
            "first_contact:done",
        ),
        CASEWORK,
    ),
    # referrals, and the pages of services
    **dict.fromkeys(
        (
            "referrals:list",
            "referrals:orphans",
            "referrals:reconcile",
            "referrals:of_day",
            "referrals:of_customer",
            "referrals:show",
            "referrals:of_task",
        ),
        SEES_CUSTOMERS,
    ),
    **dict.fromkeys(
        (
            "referrals:unread",
            "referrals:read",
            "referrals:answer",
            "referrals:choose",
            "referrals:propose",
            "referrals:print",
            "referrals:fit",
            "referrals:consent",
            "referrals:withdraw",
            "referrals:paper",
            "referrals:other",
            "referrals:decline",
            "referrals:slip",
            "referrals:check",
            "referrals:send_more",
            "referrals:told_us",
            "referrals:told_us_one",
            "referrals:ring",
            "referrals:wait",
            "referrals:chase",
            "referrals:hear",
            "referrals:end",
            "referrals:take_back",
            "referrals:meeting",
            "referrals:next",
            "referrals:arrived",
            "referrals:not_taken",
            "referrals:link",
            "referrals:way",
            "referrals:way_on",
            "referrals:sent_to_us",
            "referrals:sent_to_us_new",
            "referrals:sent_to_us_one",
        ),
        REFERS,
    ),
    **dict.fromkeys(
        (
            "provider:home",
            "provider:show",
            "provider:act",
            "provider:news",
            "provider:ask_us",
            "provider:changes",
        ),
        PROVIDERS,
    ),
    **dict.fromkeys(
        (
            "provider:door",
            "provider:here",
            "provider:here_act",
            "provider:here_ask_us",
            "provider:here_changes",
            "provider:leave",
            "provider:over",
            "provider:arrived",
        ),
        ANYBODY,
    ),
    "first_contact:questions": frozenset({LEADER, MANAGER}),
    "first_contact:question": frozenset({LEADER, MANAGER}),
}

# A calendar program cannot POST; it only reads. Nothing stands here that changes a claim.
MAY_WRITE_ON_GET: frozenset[str] = frozenset()


def is_ours(view: Callable[..., object]) -> bool:
    return view.__module__.startswith("waymark.web")


def words(roles: Iterable[str]) -> list[str]:
    return [str(Role(role).label) for role in sorted(roles)]
