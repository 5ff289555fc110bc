//! Why something cannot happen now: a stable code for programs, a message key for people.

use serde::{Serialize, Serializer};

macro_rules! refusals {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)*) => {
        /// Why an action is not permitted, or why an event that arrived is kept but not applied.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
        #[non_exhaustive]
        pub enum Refusal {
            $($(#[$doc])* #[error($code)] $variant,)*
        }

        impl Refusal {
            /// All refusals.
            pub const ALL: &[Refusal] = &[$(Refusal::$variant,)*];

            /// Stable code; the text for people is under `refusal-<code>`.
            pub fn code(self) -> &'static str {
                match self {
                    $(Refusal::$variant => $code,)*
                }
            }
        }
    };
}

refusals! {
    /// The author is neither of the two persons.
    Stranger = "stranger",
    /// There is no partner here yet.
    NoPartner = "no-partner",
    /// This kind of entry stays on own devices.
    StaysPrivate = "stays-private",
    /// This kind of entry only exists between two.
    OnlyShared = "only-shared",
    /// A private event of somebody else.
    ForeignPrivate = "foreign-private",
    /// The channel is not open. Said in the same words whatever the cause.
    NotOpen = "not-open",
    /// One of the two has left.
    NotConnected = "not-connected",
    /// The own safety questions are due.
    GateDue = "gate-due",
    /// Letter and apology tools towards this partner are closed here.
    ToolsClosed = "tools-closed",
    /// The subject is closed for now.
    TopicClosed = "topic-closed",
    /// The stage for this has not opened.
    StageClosed = "stage-closed",
    /// Open by default in a later stage; the writer may go on.
    BetterLater = "better-later",
    /// Only who was hurt moves the stage.
    NotYoursToMove = "not-yours-to-move",
    /// Only its writer may do this.
    NotYours = "not-yours",
    /// Only the other one may do this.
    NotForWriter = "not-for-writer",
    /// The role in this incident does not allow it.
    WrongRole = "wrong-role",
    /// What this refers to is not here.
    NotFound = "not-found",
    /// What this refers to was deleted.
    Deleted = "deleted",
    /// This was done already.
    AlreadyDone = "already-done",
    /// Comes before something that has to be first.
    TooEarly = "too-early",
    /// Comes after its time.
    TooLate = "too-late",
    /// The receiver has not said how much they want to receive.
    NoPaceYet = "no-pace-yet",
    /// The number for today is reached.
    PaceReached = "pace-reached",
    /// Outside the hours of the receiver.
    OutsideHours = "outside-hours",
    /// The receiver does not want this kind.
    KindNotWanted = "kind-not-wanted",
    /// Enough for one day.
    EnoughToday = "enough-today",
    /// The reader has not chosen how much they want to know.
    DepthNotChosen = "depth-not-chosen",
    /// Dated before something the same device wrote earlier.
    Backdated = "backdated",
    /// The reader chose less depth for a section.
    DepthNotWanted = "depth-not-wanted",
    /// Needs words.
    Empty = "empty",
    /// Too long for one entry.
    TooLong = "too-long",
    /// The picture is too large.
    PhotoTooLarge = "photo-too-large",
    /// Values out of range.
    OutOfRange = "out-of-range",
    /// A reason stands without a choice.
    ChoiceMissing = "choice-missing",
    /// The responsibility part is not written.
    ResponsibilityMissing = "responsibility-missing",
    /// Three promises are open.
    ThreeOpen = "three-open",
    /// First: is telling safe?
    AskSafetyFirst = "ask-safety-first",
    /// A night's rest first, unless the writer goes on.
    RestFirst = "rest-first",
    /// Half of the key of a letter has not come.
    HalfMissing = "half-missing",
    /// A letter for oneself does not leave.
    ForMeOnly = "for-me-only",
    /// Asked less than a week ago.
    AskedThisWeek = "asked-this-week",
    /// Two weeks of silence after "I don't know".
    SilenceAgreed = "silence-agreed",
    /// The need is marked "not from you".
    NotFromYou = "not-from-you",
    /// One request for one need.
    OneRequest = "one-request",
    /// The request touches passwords, tracking, isolation, money control or sex: opens the help page.
    OpensHelp = "opens-help",
    /// The condition of the plan is what the partner does.
    ConditionOnPartner = "condition-on-partner",
    /// Not among what both would do.
    NoMatch = "no-match",
    /// Time without the subject needs a day for the talk.
    TalkDayMissing = "talk-day-missing",
    /// Own share of the chores first.
    OwnShareFirst = "own-share-first",
    /// The partner has not allowed copies of this.
    CopyNotAllowed = "copy-not-allowed",
    /// Violence is not something this tool repairs.
    NotForThisTool = "not-for-this-tool",
    /// Made by a later version of the program.
    LaterVersion = "later-version",
    /// The receiver takes a break.
    BreakRuns = "break-runs",
}

impl Refusal {
    /// Message key of the text for people.
    pub fn message_key(self) -> String {
        format!("refusal-{}", self.code())
    }
}

impl Serialize for Refusal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}
