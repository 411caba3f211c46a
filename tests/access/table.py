"""Who may do what: one row for each address, one column for each person.

In a row of people:  >  is led to the sign-in page;  +  is answered as the rule says;
                     =  may, only not in this state of the report;
                     -  sees that it exists and may not (403);  0  does not see that it exists (404).
"""

from dataclasses import dataclass, field

SIGN_IN, REFUSED, UNSEEN, WRONG_METHOD = 302, 403, 404, 405
SENT = ("issued", "accepted")

#  The people:          anonymous · admin without a role · author · approver · clerk · reader of the commune
#                       · reviewer · publisher · author of the province above · author of another commune
#                       · somebody of another province
#
# fmt: off
COMMUNE = {             # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   + + + +   + 0 0   0 0",
    "read unsent":      "> 0   + + + +   - 0 0   0 0",
    "read sent":        "> 0   + + + +   + 0 0   0 0",
    "write":            "> 0   + - - -   - 0 0   0 0",
    "approve":          "> 0   - + - -   - 0 0   0 0",
    "issue":            "> 0   - - + -   - 0 0   0 0",
    "accept":           "> 0   - - - -   + 0 0   0 0",
    "return draft":     "> 0   - = - -   = 0 0   0 0",
    "return in_review": "> 0   - + - -   = 0 0   0 0",
    "return approved":  "> 0   - + - -   = 0 0   0 0",
    "return issued":    "> 0   - - - -   + 0 0   0 0",
    "return accepted":  "> 0   - = - -   = 0 0   0 0",
    "look over unsent": "> 0   - + - -   - 0 0   0 0",
    "look over sent":   "> 0   - + - -   + 0 0   0 0",
    "comment unsent":   "> 0   + + + -   - 0 0   0 0",
    "comment sent":     "> 0   + + + -   + 0 0   0 0",
    "inside":           "> 0   + + + +   - 0 0   0 0",
    "publish":          "> 0   - - - -   - 0 0   0 0",
    "nobody":           "> 0   - - - -   - 0 0   0 0",
}
PROVINCE = {            # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   0 0 0 0   + + +   0 0",
    "read unsent":      "> 0   0 0 0 0   + + +   0 0",
    "read sent":        "> 0   0 0 0 0   + + +   0 0",
    "write":            "> 0   0 0 0 0   - - +   0 0",
    "approve":          "> 0   0 0 0 0   - - -   0 0",
    "issue":            "> 0   0 0 0 0   - - -   0 0",
    "accept":           "> 0   0 0 0 0   - - -   0 0",
    "return draft":     "> 0   0 0 0 0   - - -   0 0",
    "return issued":    "> 0   0 0 0 0   - - -   0 0",
    "look over unsent": "> 0   0 0 0 0   - - -   0 0",
    "look over sent":   "> 0   0 0 0 0   - - -   0 0",
    "comment unsent":   "> 0   0 0 0 0   - - +   0 0",
    "comment sent":     "> 0   0 0 0 0   - - +   0 0",
    "inside":           "> 0   0 0 0 0   + + +   0 0",
    "publish":          "> 0   0 0 0 0   - + -   0 0",
    "nobody":           "> 0   0 0 0 0   - - -   0 0",
}
PUBLICATION = {         # an ad  au ap cl rd  rv pu pa  ch st
    "publish":          "> 0   0 0 0 0   - + -   0 0",
    "nobody":           "> 0   0 0 0 0   - - -   0 0",
}
#: Long work is seen by who asked for it: here the author.
JOB = {                 # an ad  au ap cl rd  rv pu pa  ch st
    "own":              "> 0   + 0 0 0   0 0 0   0 0",
}
#: A task that the province gave to the first commune, in which the second one joins.
TASK = {                # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   + + + +   + + +   + 0",
    "steer":            "> 0   - - - -   - - +   - 0",
    "close":            "> 0   - + - -   - - +   - 0",
    "report":           "> 0   + + - -   - - -   + 0",
}
#: An official of the first commune, a post of his and a delegation to him.
OFFICIAL = {            # an ad  au ap cl rd  rv pu pa  ch st
    "see":              "> 0   + + + +   + + +   + +",
    "keep":             "> 0   + + - -   - - -   - -",
    "appoint":          "> 0   + + - -   - - +   + +",
    "revoke":           "> 0   + + - -   - 0 0   0 0",
}
#: Entering something new of one's own unit.
NEW = "> -   + + - -   - - +   + +"
# fmt: on


@dataclass(frozen=True)
class Rule:
    """Who may (a row of people above) and the status that he is answered.

    ``states``: the states in which the step can be taken (all, where none is named); in the others, and for
    the mark “=”, the answer is ``not_now``. ``anonymous``: what is answered who has not signed in.
    ``row_at``: another row in some state.
    """

    row: str
    status: int = 200
    states: tuple[str, ...] = ()
    not_now: int = 0
    anonymous: int = SIGN_IN
    row_at: dict[str, str] = field(default_factory=dict)

    def row_in(self, state: str) -> str:
        """The row of people in this state."""
        if self.row in ("read", "look over", "comment"):
            return f"{self.row} sent" if state in SENT else f"{self.row} unsent"
        if self.row == "return":
            return f"return {state}"
        return self.row_at.get(state, self.row)

    def answer(self, mark: str, state: str) -> int:
        """The status for somebody with this mark."""
        if mark == "+" and (not self.states or state in self.states):
            return self.status
        return {">": self.anonymous, "-": REFUSED, "0": UNSEEN}.get(mark, self.not_now)


@dataclass(frozen=True)
class Address:
    """One address: its name, the arguments besides ``pk``, a rule for each method; None: not answered (405).

    ``only_at``: the states in which it is asked for, where asking costs much and other states are alike.
    """

    name: str
    get: Rule | None
    post: Rule | None
    arguments: dict = field(default_factory=dict)
    only_at: tuple[str, ...] = ()


#: For everybody, signed in or not: name, arguments, status of GET; POST is a wrong method.
PUBLIC = (
    ("healthz", {}, 200),
    ("readyz", {}, 200),
    ("public:home", {}, 200),
    ("public:reports", {}, 200),
    ("public:feed", {}, 200),
    ("public:report", {"slug": "{slug}"}, 200),
    ("public:report_version", {"slug": "{slug}", "number": 1}, 302),
    ("public:report_pdf", {"slug": "{slug}"}, 200),
    ("public:report_csv", {"slug": "{slug}"}, 200),
    ("public:models", {}, 200),
    ("public:conferences", {}, 200),
    ("public:units", {}, 200),
    ("public:unit", {"code": "an-binh"}, 200),
    ("public:search", {}, 200),
    ("public:open_data", {}, 200),
    ("public:figures_csv", {}, 200),
    ("public:reports_json", {}, 200),
    ("public:text_size", {}, 302),
    ("public:robots", {}, 200),
    ("public:favicon", {}, 302),
)

#: For whoever signed in, with or without a role: name, arguments. Lists show what the person may see.
SIGNED_IN = (
    ("staff:my_work", {}),
    ("staff:reports", {}),
    ("staff:progress", {}),
    ("staff:consolidation", {}),
    ("staff:publications", {}),
    ("staff:jobs", {}),
    ("staff:notifications", {}),
    ("staff:tasks", {}),
    ("staff:conferences", {}),
    ("staff:models", {}),
    ("staff:difficulties", {}),
    ("staff:officials", {}),
    ("staff:delegations", {}),
    ("staff:units", {}),
    ("staff:help", {}),
    ("staff:style_guide", {}),
)

#: Signing in and out and one's own password: (anonymous, signed in) for GET and for POST.
ACCOUNT = (
    ("account_login", (200, 302), (200, 302)),
    ("account_logout", (302, 200), (302, 302)),
    ("password_change", (302, 200), (302, 200)),
)

#: Not yet handed in; another answer says that it is.
OPEN = ("draft",)
NO_CHANGE = {"not_now": 409, "anonymous": 401}
#: Read alike whether it waits for the approver or for the clerk.
READ_AT = ("draft", "in_review", *SENT)

REPORT = (
    Address("staff:report", Rule("see"), None, only_at=READ_AT),
    Address("staff:edition", Rule("read"), None, {"number": 1}, only_at=READ_AT),
    Address("staff:edition_pdf", Rule("read"), None, {"number": 1}, only_at=("draft", *SENT)),
    Address("staff:part", Rule("read"), Rule("write", 302, OPEN, **NO_CHANGE), {"code": "S2.1"}, READ_AT),
    Address("staff:part", Rule("read"), Rule("write", 302, anonymous=401), {"code": "SL"}, READ_AT),
    Address("staff:indicator", Rule("read"), None, {"code": "K4"}, READ_AT),
    # What cannot be read is answered 400; what can is in views/staff/test_autosave.py and test_pasting.py.
    Address(
        "staff:autosave", Rule("read", anonymous=401), Rule("write", 400, anonymous=401), only_at=READ_AT
    ),
    Address("staff:paste_figures", None, Rule("write", 400, anonymous=401), only_at=READ_AT),
    Address("staff:registry_figure", Rule("read"), None, {"code": "K4"}, READ_AT),
    Address("staff:check", Rule("read"), Rule("write", 302, anonymous=401), only_at=READ_AT),
    Address("staff:submit", None, Rule("write", 302, OPEN, **NO_CHANGE)),
    # A button that is only confirmed leads back to the report, with a sentence in the wrong state.
    Address("staff:withdraw", None, Rule("write", 302)),
    Address("staff:approve", None, Rule("approve", 302)),
    Address("staff:accept", None, Rule("accept", 302)),
    # A form is shown in the right state, else the report; a form sent too late comes back.
    Address("staff:return", Rule("return", 200, (), 302), Rule("return", 302, (), 200)),
    Address("staff:issue", Rule("issue", 200, ("approved",), 302), Rule("issue", 302, ("approved",), 200)),
    Address("staff:recall", Rule("approve", 200, ("issued",), 302), Rule("approve", 302, ("issued",), 200)),
    # What is issued but not yet accepted is recalled; only a body with none above it corrects it.
    Address(
        "staff:correct",
        Rule("approve", 200, ("accepted",), 302),
        Rule("approve", 302, ("accepted",), 200, row_at={"issued": "nobody"}),
    ),
    Address(
        "staff:extend", Rule("accept", 200, ("draft", "in_review", "approved"), 302), Rule("accept", 302)
    ),
    Address("staff:review", Rule("read"), Rule("look over", 302), only_at=READ_AT),
    Address("staff:comments", Rule("read"), Rule("comment", 302, anonymous=401), only_at=READ_AT),
    Address("staff:history", Rule("see"), None, only_at=READ_AT),
    Address("staff:consolidation", Rule("read"), None, only_at=READ_AT),
    Address("staff:consolidation_part", Rule("read"), None, {"code": "K4"}, only_at=READ_AT),
    Address("staff:publish_start", None, Rule("publish", 302)),
    # By the author or approver of the body above, when he receives reports too: none of these people.
    Address("staff:task_from_report", Rule("nobody"), Rule("nobody"), only_at=READ_AT),
)

PUBLICATION_ADDRESSES = (
    Address("staff:publication_edit", Rule("publish", 200, OPEN, 302), Rule("publish", 302, OPEN, 200)),
    Address("staff:publication_preview", Rule("publish"), None),
    Address("staff:publication_correct", None, Rule("publish", 302)),
    Address("staff:publication_step", None, Rule("publish", 302), {"action": "ask"}),
    # Who wrote the words does not confirm them.
    Address(
        "staff:publication_step",
        None,
        Rule("publish", 302, row_at={"in_review": "nobody"}),
        {"action": "publish"},
    ),
    Address(
        "staff:publication_step", None, Rule("publish", 302, ("published",), 200), {"action": "withdraw"}
    ),
    Address("staff:publication_step", None, Rule("publish", UNSEEN), {"action": "khong-co"}),
)

JOB_ADDRESSES = (
    Address("staff:job", Rule("own"), None),
    Address("staff:job_state", Rule("own"), None),
    Address("staff:job_file", Rule("own"), None),
    Address("staff:job_cancel", None, Rule("own", 302)),
    Address("staff:job_retry", None, Rule("own", 302)),
)

#: For who enters things of a unit: a form; sent empty it comes back.
NEW_ADDRESSES = (
    "staff:task_new",
    "staff:conference_new",
    "staff:model_new",
    "staff:official_new",
    "staff:delegation_new",
)

TASK_OPEN, TASK_ENDED = ("open",), ("done",)
TASK_ADDRESSES = (
    Address("staff:task", Rule("see"), None),
    Address("staff:task_edit", Rule("steer", 200, TASK_OPEN, 302), Rule("steer", 302)),
    Address("staff:task_progress", Rule("report", 200, TASK_OPEN, 302), Rule("report", 302, TASK_OPEN, 422)),
    Address("staff:task_extend", Rule("steer", 200, TASK_OPEN, 302), Rule("steer", 302, TASK_OPEN, 422)),
    Address("staff:task_complete", Rule("close", 200, TASK_OPEN, 302), Rule("close", 302, TASK_OPEN, 422)),
    Address("staff:task_cancel", Rule("steer", 200, TASK_OPEN, 302), Rule("steer", 302, TASK_OPEN, 422)),
    Address("staff:task_reopen", Rule("steer", 200, TASK_ENDED, 302), Rule("steer", 302, TASK_ENDED, 422)),
)

OFFICIAL_ADDRESSES = (
    Address("staff:official", Rule("see"), None),
    Address("staff:official_edit", Rule("keep"), Rule("keep", 302)),
    Address("staff:official_appoint", Rule("appoint"), Rule("appoint", 302)),
    Address("staff:official_merge", Rule("keep"), Rule("keep", 302)),
)
APPOINTMENT_ADDRESSES = (
    Address("staff:appointment_edit", Rule("keep"), Rule("keep", 302)),
    Address("staff:appointment_end", Rule("keep"), Rule("keep", 302)),
)
DELEGATION_ADDRESSES = (Address("staff:delegation_revoke", Rule("revoke"), Rule("revoke", 302)),)
