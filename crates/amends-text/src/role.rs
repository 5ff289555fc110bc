//! Grammatical roles that the analysis needs to know about; a language pack says which words play them.

/// What a word can do in a clause. A pack assigns words to a role through the word class of the same name
/// (`role_i`, `role_negator`, ...).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Role {
    /// First person singular subject ("I").
    I,
    /// Second person ("you").
    You,
    /// First person plural ("we").
    We,
    /// Third person subject pronoun ("he", "they").
    Third,
    /// Subject without a doer ("it", "there", "this").
    Expletive,
    /// Possessive of the first person ("my").
    My,
    /// Possessive of the second person ("your").
    Your,
    /// Noun for a person ("brother", "boss").
    Person,
    /// Article or determiner that opens a noun phrase.
    Determiner,
    /// Negator ("not", "never", "no").
    Negator,
    /// Word that turns a following negator into none ("not only", "not just").
    FalseNegation,
    /// Coordinator ("and", "or").
    Coordinator,
    /// Contrast ("but", "however").
    Contrast,
    /// Cause ("because", "since").
    Cause,
    /// Condition ("if", "unless").
    Condition,
    /// Concession ("although", "even though").
    Concession,
    /// Time ("when", "after").
    Time,
    /// Purpose or result ("so").
    Result,
    /// Relative or question word ("who", "what", "which", "where", "how", "why").
    Relative,
    /// Complementizer ("that").
    That,
    /// Forms of "be".
    Be,
    /// Past forms of "be".
    BePast,
    /// Forms of "have".
    Have,
    /// Forms of "do".
    Do,
    /// "did".
    DoPast,
    /// Auxiliary that makes a passive beside "be" ("got").
    Get,
    /// Future auxiliaries ("will", "shall", "gonna").
    Future,
    /// Hypothetical auxiliaries ("would", "could", "might").
    Hypothetical,
    /// Other modal auxiliaries ("can", "must", "should").
    Modal,
    /// Past tense verb form.
    PastForm,
    /// Past participle.
    Participle,
    /// Base form of a verb.
    BaseForm,
    /// Third person present form.
    PresentForm,
    /// "-ing" form.
    IngForm,
    /// Verbs that report speech or thought.
    Reporting,
    /// Adverbs that may stand between subject and verb.
    Adverb,
    /// Infinitive marker ("to").
    To,
    /// Preposition.
    Preposition,
    /// Causative or perception verb that takes an object and a bare verb ("make", "let", "see").
    Causative,
    /// Verbs after which "if" opens a question, not a condition ("wonder", "ask").
    Wondering,
}

/// Number of roles.
pub(crate) const N_ROLES: usize = Role::Wondering as usize + 1;

impl Role {
    /// All roles with the class name a pack uses for them.
    pub const NAMED: [(Role, &'static str); N_ROLES] = [
        (Role::I, "role_i"),
        (Role::You, "role_you"),
        (Role::We, "role_we"),
        (Role::Third, "role_third"),
        (Role::Expletive, "role_expletive"),
        (Role::My, "role_my"),
        (Role::Your, "role_your"),
        (Role::Person, "role_person"),
        (Role::Determiner, "role_determiner"),
        (Role::Negator, "role_negator"),
        (Role::FalseNegation, "role_false_negation"),
        (Role::Coordinator, "role_coordinator"),
        (Role::Contrast, "role_contrast"),
        (Role::Cause, "role_cause"),
        (Role::Condition, "role_condition"),
        (Role::Concession, "role_concession"),
        (Role::Time, "role_time"),
        (Role::Result, "role_result"),
        (Role::Relative, "role_relative"),
        (Role::That, "role_that"),
        (Role::Be, "role_be"),
        (Role::BePast, "role_be_past"),
        (Role::Have, "role_have"),
        (Role::Do, "role_do"),
        (Role::DoPast, "role_do_past"),
        (Role::Get, "role_get"),
        (Role::Future, "role_future"),
        (Role::Hypothetical, "role_hypothetical"),
        (Role::Modal, "role_modal"),
        (Role::PastForm, "role_past_form"),
        (Role::Participle, "role_participle"),
        (Role::BaseForm, "role_base_form"),
        (Role::PresentForm, "role_present_form"),
        (Role::IngForm, "role_ing_form"),
        (Role::Reporting, "role_reporting"),
        (Role::Adverb, "role_adverb"),
        (Role::To, "role_to"),
        (Role::Preposition, "role_preposition"),
        (Role::Causative, "role_causative"),
        (Role::Wondering, "role_wondering"),
    ];
}

/// Set of roles, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoleSet(pub u64);

impl RoleSet {
    /// Set with exactly these roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut position = 0;
        while position < roles.len() {
            bits |= 1 << roles[position] as u64;
            position += 1;
        }
        Self(bits)
    }

    /// Whether `role` is in the set.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u64) != 0
    }

    /// Whether the two sets share a role.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Roles of either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Roles of this set that are not in the other.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Adds a role.
    pub fn insert(&mut self, role: Role) {
        self.0 |= 1 << role as u64;
    }
}
