//! Words for feelings and needs. The order is part of the format: add at the end only.

/// A family of ten feeling words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeelingFamily {
    /// Message key suffix (`feelings-<slug>`).
    pub slug: &'static str,
    /// Index of the first word in [`FEELINGS`].
    pub first: u16,
    /// Number of words.
    pub len: u16,
}

/// A group of five need words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedGroup {
    /// Message key suffix (`needs-<slug>`).
    pub slug: &'static str,
    /// Index of the first word in [`NEEDS`].
    pub first: u16,
    /// Number of words.
    pub len: u16,
}

/// The six families, in order.
pub const FEELING_FAMILIES: [FeelingFamily; 6] = [
    FeelingFamily { slug: "afraid", first: 0, len: 10 },
    FeelingFamily { slug: "angry", first: 10, len: 10 },
    FeelingFamily { slug: "ashamed", first: 20, len: 10 },
    FeelingFamily { slug: "sad", first: 30, len: 10 },
    FeelingFamily { slug: "betrayed", first: 40, len: 10 },
    FeelingFamily { slug: "numb-or-better", first: 50, len: 10 },
];

/// The eight groups, in order.
pub const NEED_GROUPS: [NeedGroup; 8] = [
    NeedGroup { slug: "truth", first: 0, len: 5 },
    NeedGroup { slug: "safety", first: 5, len: 5 },
    NeedGroup { slug: "rest", first: 10, len: 5 },
    NeedGroup { slug: "respect", first: 15, len: 5 },
    NeedGroup { slug: "closeness", first: 20, len: 5 },
    NeedGroup { slug: "autonomy", first: 25, len: 5 },
    NeedGroup { slug: "meaning", first: 30, len: 5 },
    NeedGroup { slug: "fairness", first: 35, len: 5 },
];

/// Sixty words in six families of ten.
pub const FEELINGS: [&str; 60] = [
    "uneasy",
    "nervous",
    "frightened",
    "panicky",
    "unsafe",
    "watchful",
    "overwhelmed",
    "helpless",
    "trapped",
    "shaken",
    "irritated",
    "resentful",
    "furious",
    "bitter",
    "disgusted",
    "outraged",
    "jealous",
    "fed-up",
    "provoked",
    "hateful",
    "embarrassed",
    "humiliated",
    "foolish",
    "small",
    "guilty",
    "dirty",
    "exposed",
    "inferior",
    "regretful",
    "self-blaming",
    "disappointed",
    "hurt",
    "lonely",
    "grieving",
    "hopeless",
    "empty",
    "homesick",
    "tired",
    "discouraged",
    "heartbroken",
    "deceived",
    "used",
    "replaced",
    "unimportant",
    "abandoned",
    "doubting",
    "mocked",
    "confused",
    "robbed",
    "unseen",
    "frozen",
    "distant",
    "nothing",
    "relieved",
    "calm",
    "hopeful",
    "grateful",
    "warm",
    "curious",
    "strong",
];

/// Forty words in eight groups of five.
pub const NEEDS: [&str; 40] = [
    "honesty",
    "clarity",
    "answers",
    "completeness",
    "openness",
    "health",
    "shelter",
    "no-fear",
    "predictability",
    "protection-of-the-children",
    "sleep",
    "quiet",
    "time",
    "space",
    "a-day-without-the-subject",
    "dignity",
    "a-say",
    "being-believed",
    "fairness-in-public",
    "privacy",
    "touch-on-request",
    "attention",
    "comfort",
    "company",
    "play",
    "own-money",
    "own-friends",
    "own-pace",
    "own-decision",
    "own-room",
    "understanding-why",
    "remorse",
    "mourning",
    "faith",
    "a-shared-story",
    "repair-of-loss",
    "shared-chores",
    "equal-effort",
    "apology-to-others",
    "consequences",
];
