"""How kinds and states of notices are called on the page of admins."""

from __future__ import annotations

from assistant.domain.notices import NoticeKind, NoticeState

KINDS = {
    NoticeKind.INVITATION: "Invitations",
    NoticeKind.REMINDER: "Reminders",
    NoticeKind.REPORT_READY: "Your report is ready",
    NoticeKind.LOOK_BACK: "A day to look back",
    NoticeKind.BRIEF_READY: "Your brief is ready",
    NoticeKind.ROUND_OPENED: "A round has begun",
    NoticeKind.CLOSING_SOON: "A round closes soon",
    NoticeKind.REPORTS_READY: "Reports are ready",
}
STATES = {
    NoticeState.WAITING: "waiting",
    NoticeState.SENDING: "being sent",
    NoticeState.SENT: "sent",
    NoticeState.UNCONFIRMED: "handed over, no answer",
    NoticeState.DROPPED: "not needed any more",
    NoticeState.FAILED: "could not be sent",
}
