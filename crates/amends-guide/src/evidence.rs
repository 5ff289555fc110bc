//! The evidence table: which study stands behind which exercise.
//!
//! The finding, its size and its limits are written in plain words in the message files
//! (`evidence-e1` to `evidence-e30`); this table holds the citation and how it was seen.

/// How far a citation has been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Seen in the source or its publisher's page.
    Seen,
    /// Seen in a secondary page only.
    Secondary,
    /// An opinion or a self-selected survey, not a study.
    Opinion,
}

/// One entry of the evidence table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// `E1` to `E30`.
    pub id: &'static str,
    /// Authors, year, journal.
    pub source: &'static str,
    /// How far it was checked.
    pub mark: Mark,
}

/// Entry with this id, for example `"E13"`.
pub fn evidence(id: &str) -> Option<&'static Evidence> {
    EVIDENCE.iter().find(|entry| entry.id == id)
}

/// All thirty entries, in order.
pub const EVIDENCE: [Evidence; 30] = [
    Evidence {
        id: "E1",
        source: "Lewicki, Polin & Lount 2016, Negotiation and Conflict Management Research 9(2):177-196",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E2",
        source: "Schumann 2014, Journal of Experimental Social Psychology 54:89-96; Schumann 2018, Current Directions in Psychological Science",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E3",
        source: "Reinders Folmer, Mascini & Leunissen, doi 10.1515/rle-2018-0042",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E4",
        source: "Schneider, Corley & Irons 1998, Sexual Addiction & Compulsivity 5(3):189-218",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E5",
        source: "Marin, Christensen & Atkins 2014, Couple and Family Psychology 3:1-12; Corley et al. 2012, 2013",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E6",
        source: "Schweitzer, Hershey & Bradlow 2006, Organizational Behavior and Human Decision Processes 101:1-19",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E7",
        source: "Luchies et al. 2010, Journal of Personality and Social Psychology 98:734-749",
        mark: Mark::Seen,
    },
    Evidence { id: "E8", source: "Moyers et al. 2014-15 (MITI 4); Linehan 1997", mark: Mark::Seen },
    Evidence { id: "E9", source: "Rogers, Howieson & Neame 2018, PeerJ 6:e4831", mark: Mark::Seen },
    Evidence {
        id: "E10",
        source: "Gordon, Baucom & Snyder 2004, Journal of Marital and Family Therapy 30:213-231; Baucom et al. 2006",
        mark: Mark::Seen,
    },
    Evidence { id: "E11", source: "Irvine et al. 2023/24, The Family Journal", mark: Mark::Secondary },
    Evidence { id: "E12", source: "Gottman & Levenson, observational studies", mark: Mark::Secondary },
    Evidence {
        id: "E13",
        source: "Gollwitzer & Sheeran 2006; Sheeran et al. 2024, doi 10.1080/10463283.2024.2334563",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E14",
        source: "Lally et al. 2010, European Journal of Social Psychology 40:998-1009",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E15",
        source: "Algoe, Gable & Maisel 2010, Personal Relationships 17:217-233; Algoe 2012",
        mark: Mark::Seen,
    },
    Evidence { id: "E16", source: "Strutzenberg et al. 2017, Discovery 18:81-89", mark: Mark::Secondary },
    Evidence {
        id: "E17",
        source: "Silverman & Barasch 2023, Journal of Consumer Research 49:1095-1117",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E18",
        source: "NNEDV app safety guidance; IBM 2020; PenzeyMoog & Slakoff 2021",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E19",
        source: "Bradford 2010; Stith et al. 2011; Bograd & Mederos 1999",
        mark: Mark::Seen,
    },
    Evidence { id: "E20", source: "Roos et al. 2019, doi 10.1002/smi.2880", mark: Mark::Seen },
    Evidence {
        id: "E21",
        source: "Aron et al. 2000, Journal of Personality and Social Psychology 78:273; Reissman 1993; Coulter & Malouff 2013",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E22",
        source: "O'Farrell & Fals-Stewart, behavioural couples therapy guideline",
        mark: Mark::Seen,
    },
    Evidence { id: "E23", source: "Doss et al. 2016, 2018; Nowlan 2017", mark: Mark::Seen },
    Evidence {
        id: "E24",
        source: "Schade et al. 2013, Journal of Couple & Relationship Therapy 12:314-338",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E25",
        source: "Makinen & Johnson 2006; Halchuk 2010; Greenberg, Warwar & Malcolm 2010, Journal of Marital and Family Therapy 36:28",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E26",
        source: "Frantz & Bennigson 2005, Journal of Experimental Social Psychology 41:201; Ebesu Hubbard 2013",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E27",
        source: "Kim et al. 2004, Journal of Applied Psychology 89:104-118",
        mark: Mark::Seen,
    },
    Evidence {
        id: "E28",
        source: "Garbinsky 2020, Journal of Consumer Research 47:1; Jeanfreau 2018",
        mark: Mark::Seen,
    },
    Evidence { id: "E29", source: "Vaughan, survey and opinion (dearpeggy.com)", mark: Mark::Opinion },
    Evidence {
        id: "E30",
        source: "Stanley & Markman; later tests of speaker-listener rounds",
        mark: Mark::Secondary,
    },
];
