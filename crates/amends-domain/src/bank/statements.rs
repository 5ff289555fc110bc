//! Statements of fictional partners: graded ones for practice, hard ones for rehearsal. Texts are in
//! `bank-statements.ftl` and `bank-hard-words.ftl`.

use super::StatementId;

/// How hard a statement is to give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// One fact, the feeling is named.
    One,
    /// The feeling has to be guessed.
    Two,
    /// Mixed feelings, or an accusation with a question in it.
    Three,
    /// Harsh, not abusive: for the rehearsal only.
    Hard,
}

/// One statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// For ever.
    pub id: StatementId,
    /// How hard.
    pub grade: Grade,
}

/// Statements for practice.
pub const STATEMENTS: &[Statement] = &graded();

/// Harsh statements for rehearsal.
pub const HARD_WORDS: &[Statement] = &hard();

const PRACTICE: usize = 66;
const HARD: usize = 28;

const fn graded() -> [Statement; PRACTICE] {
    let mut all = [Statement { id: StatementId(0), grade: Grade::One }; PRACTICE];
    let mut at = 0;
    while at < PRACTICE {
        let grade = match at {
            0..22 => Grade::One,
            22..44 => Grade::Two,
            _ => Grade::Three,
        };
        all[at] = Statement { id: StatementId(at as u16 + 1), grade };
        at += 1;
    }
    all
}

const fn hard() -> [Statement; HARD] {
    let mut all = [Statement { id: StatementId(0), grade: Grade::Hard }; HARD];
    let mut at = 0;
    while at < HARD {
        all[at] = Statement { id: StatementId(at as u16 + 101), grade: Grade::Hard };
        at += 1;
    }
    all
}
