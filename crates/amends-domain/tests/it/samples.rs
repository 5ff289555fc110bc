//! One example of every kind of event. The order and the values are part of the golden files.

use amends_domain::admit::{acceptance, listening, perspective, responsibility};
use amends_domain::apologize::{change, explanation, honesty};
use amends_domain::bank::{ActivityId, FeelingId, NeedId, StatementId};
use amends_domain::clock::ClockChange;
use amends_domain::event::{Body, Event, Reach, Space};
use amends_domain::id::{BlobId, Day, DeviceId, EventId, Hlc, Millis, PersonId, ShareId};
use amends_domain::prove::activities::blind::{TOKENS, Token};
use amends_domain::prove::contact::ContactKind;
use amends_domain::prove::{activities, communication, contact, gratitude, needs, patience};
use amends_domain::versions::Save;
use amends_domain::{consent, entry, incident, safety};

fn id(seq: u64) -> EventId {
    EventId { device: DeviceId([7; 16]), seq }
}

fn s(text: &str) -> String {
    text.into()
}

const DAY: Day = Day(20_773);
const TIME: Millis = Millis(1_794_830_400_000);

/// Every body, the event around it is the same for all.
pub(crate) fn events() -> Vec<Event> {
    stamped([basics(), admit(), apologize(), prove(), since()].concat())
}

fn stamped(bodies: Vec<Body>) -> Vec<Event> {
    let event = |(seq, body): (usize, Body)| Event {
        id: EventId { device: DeviceId([2; 16]), seq: seq as u64 },
        author: PersonId([1; 16]),
        at: Hlc::new(TIME, seq as u16),
        space: if body.reach() == Reach::Pair { Space::Shared } else { Space::Private },
        body,
    };
    bodies.into_iter().enumerate().map(event).collect()
}

/// Kinds that have had more fields since, with these filled in, by the names of their files.
pub(crate) fn later() -> [(&'static str, Event); 3] {
    let changes = Some(vec![ClockChange { at: TIME.plus(amends_domain::id::WEEK), utc_offset: 0 }]);
    let part = responsibility::Field {
        section: responsibility::Section::Period,
        headline: s("For two years."),
        facts: s("I used the card every week."),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
        when: Some(s("from spring 2023 to last month")),
    };
    let content = responsibility::Disclosure { fields: vec![part], own_words: String::new() };
    let pace = consent::Pace {
        per_day: 1,
        from_minute: 480,
        to_minute: 1260,
        utc_offset: 60,
        kinds: vec![ContactKind::Line],
        changes: changes.clone(),
    };
    let talk = communication::Talk {
        first: DAY,
        minute: 1140,
        utc_offset: 60,
        length: 40,
        floor: 5,
        stop_word: s("harbor"),
        changes,
    };
    let bodies = vec![
        responsibility::Event::Seal { incident: id(13), content }.into(),
        consent::Event::Pace(pace).into(),
        communication::Event::ProposeTalk(talk).into(),
    ];
    let mut events = stamped(bodies).into_iter();
    ["responsibility.seal.when", "consent.pace.changes", "communication.propose_talk.changes"]
        .map(|name| (name, events.next().unwrap()))
}

/// Kinds that came later: at the end, so that the files of the others stay as they are.
fn since() -> Vec<Body> {
    use communication::*;
    vec![
        Event::SendSealed {
            incident: Some(id(13)),
            purpose: Purpose::ToSend,
            opens_at: TIME.plus(9 * amends_domain::id::DAY),
            letter: SealedLetter(vec![1, 2, 3, 4]),
            text: String::new(),
        }
        .into(),
        Event::Half {
            letter: id(41),
            share: ShareId([8; 16]),
            half: Half([9; 32]),
            withdraw: Some(Half([10; 32])),
        }
        .into(),
        Event::AskHalf { letter: id(41) }.into(),
        Event::OfferGuest(GuestOffer {
            items: vec![id(41)],
            days: 14,
            sheet: GuestSheet {
                version: 1,
                summary: s("a hidden debt"),
                questions: vec![s("how long?")],
                parts: vec![GuestPart {
                    title: s("A letter"),
                    by_proposer: true,
                    day: DAY,
                    text: s("Dear you"),
                }],
            },
        })
        .into(),
        Event::AgreeGuest {
            offer: id(52),
            key: Half([11; 32]),
            append: Half([12; 32]),
            until: TIME.plus(14 * amends_domain::id::DAY),
        }
        .into(),
        Event::EndGuest { offer: id(52) }.into(),
        consent::Event::BeginAgain {
            former: vec![
                consent::Former { device: DeviceId([3; 16]), until: 12 },
                consent::Former { device: DeviceId([4; 16]), until: 7 },
            ],
        }
        .into(),
    ]
}

fn basics() -> Vec<Body> {
    use incident::*;
    vec![
        entry::Event::Delete { target: id(1) }.into(),
        entry::Event::Restore { target: id(1) }.into(),
        entry::Event::AskRemoval { targets: vec![id(1), id(2)] }.into(),
        entry::Event::AllowCopy { target: id(1), allowed: true }.into(),
        consent::Event::OptIn.into(),
        consent::Event::Close.into(),
        consent::Event::Pace(consent::Pace {
            per_day: 2,
            from_minute: 480,
            to_minute: 1260,
            utc_offset: 60,
            kinds: vec![ContactKind::Line, ContactKind::Letter],
            changes: None,
        })
        .into(),
        consent::Event::CloseTopics {
            topics: vec![consent::Topic::Causes, consent::Topic::Future],
            until: TIME,
        }
        .into(),
        consent::Event::Leave.into(),
        consent::Event::Mute { kinds: vec![ContactKind::Photo], until: TIME }.into(),
        consent::Event::LeaveQuietly.into(),
        safety::Event::Door { open: false }.into(),
        safety::Event::Tools { open: false }.into(),
        Event::Open { kind: Kind::Money, title: s("The second account"), my_role: Role::InvolvedPartner }
            .into(),
        Event::MyRole { incident: id(13), role: Role::InjuredPartner }.into(),
        Event::Intake {
            incident: id(13),
            answers: Intake {
                nature: Some(Nature::Integrity),
                extent: Some(Extent::Pattern),
                ongoing: Some(false),
                came_out: Some(CameOut::Discovered),
                hurt: Some(HowMany::One),
                reversible: Some(true),
                legal_duty: None,
                relapse_prone: Some(true),
            },
        }
        .into(),
        Event::Ending {
            incident: id(13),
            ending: Ending::Ended,
            health: Risk::NoneKnown,
            money: Risk::Known { what: s("4,000 on a card") },
        }
        .into(),
        Event::MoveStage { incident: id(13), stage: StageMark::Hear }.into(),
        Event::WaiveDisclosure { incident: id(13) }.into(),
        Event::SameAs { private: id(13), shared: id(14) }.into(),
    ]
}

fn disclosure() -> responsibility::Disclosure {
    responsibility::Disclosure {
        fields: vec![responsibility::Field {
            section: responsibility::Section::Money,
            headline: s("I owe 4,000."),
            facts: s("A card in my name since March 2024."),
            from: Some(DAY),
            to: None,
            known_by: Some(DAY.plus(7)),
            nothing: false,
            when: None,
        }],
        own_words: s("I hid the card from you."),
    }
}

fn admit() -> Vec<Body> {
    use responsibility::*;
    let choices = vec![DepthChoice { section: Section::Money, depth: Depth::Facts }];
    let page = perspective::Perspective {
        before: s("You were making tea."),
        found: s("You opened the bank's letter."),
        thought: s("You may have read it twice."),
        felt: s("Maybe your hands shook."),
        after: s("You slept on the sofa."),
    };
    let tally =
        listening::Tally { content: 1, feeling: 1, questions: 0, advice: 0, reasons: 0, parroting: 0 };
    let impact = acceptance::Impact {
        lines: vec![acceptance::ImpactLine {
            because_i: s("hid the card"),
            you_now: s("count every receipt"),
            feelings: vec![FeelingId(5), FeelingId(40)],
        }],
    };
    let letter =
        acceptance::ImpactLetter { text: s("I check the post first now."), feelings: vec![FeelingId(4)] };
    vec![
        Event::Save(Save { doc: None, base: None, incident: Some(id(13)), content: disclosure() }).into(),
        Event::Guess { incident: id(13), choices: choices.clone() }.into(),
        Event::Depth { incident: id(13), choices }.into(),
        Event::Seal { incident: id(13), content: disclosure() }.into(),
        Event::Add { disclosure: id(20), section: Section::Lies, text: s("I also lied about the bonus.") }
            .into(),
        Event::Ask { disclosure: id(20), section: Section::Money, text: s("Is it in my name too?") }.into(),
        Event::Answer { question: id(21), text: s("No, only in mine.") }.into(),
        Event::OpenSection { disclosure: id(20), section: Section::Money }.into(),
        perspective::Event::WarmUp {
            value: perspective::Value::Honesty,
            lines: vec![s("one"), s("two"), s("three")],
        }
        .into(),
        perspective::Event::Save(Save::new(Some(id(13)), page.clone())).into(),
        perspective::Event::Share { incident: id(13), content: page }.into(),
        perspective::Event::Rehearse {
            statement: StatementId(101),
            reply: s("You cannot stand the sight of me now."),
            noticed: vec![s("defending")],
        }
        .into(),
        perspective::Event::Pause { back_at: TIME }.into(),
        perspective::Event::Back { pause: id(22) }.into(),
        listening::Event::Practice {
            prompt: listening::Prompt::Bank(StatementId(7)),
            reply: s("You waited, and nobody came."),
            tally,
        }
        .into(),
        listening::Event::AllowStatement { incident: id(13), text: s("I felt stupid at the till.") }.into(),
        listening::Event::OpenRound { incident: id(13) }.into(),
        listening::Event::Say { round: id(23), text: s("I count every receipt.") }.into(),
        listening::Event::Reflect { said: id(24), text: s("You have to check everything now.") }.into(),
        listening::Event::Tap { reflection: id(25), tap: listening::Tap::NotQuite }.into(),
        listening::Event::HandedOver { incident: id(13), tap: listening::Tap::Yes, tally }.into(),
        acceptance::Event::SaveImpact(Save::new(Some(id(13)), impact.clone())).into(),
        acceptance::Event::ShareImpact { incident: id(13), content: impact }.into(),
        acceptance::Event::SaveLetter(Save::new(Some(id(13)), letter.clone())).into(),
        acceptance::Event::ShareLetter { incident: id(13), content: letter }.into(),
        acceptance::Event::Feelings { words: vec![FeelingId(0), FeelingId(59)], note: s("today") }.into(),
    ]
}

fn apologize() -> Vec<Body> {
    use change::*;
    let page = explanation::Explanation {
        wanted: s("to look as if I had it in hand"),
        feared: s("your face"),
        told_myself: s("one more month"),
        turning_point: s("when you asked in May"),
        chose: s("I chose to lie."),
        rows: vec![explanation::Row { reason: s("I was ashamed"), choice: s("and I chose to hide it") }],
    };
    let plan = Plan {
        trigger: Some(id(30)),
        if_situation: s("a new card is offered in the post"),
        then_act: s("I put it into the shredder before I take off my coat"),
        help: Help::Tell,
        review_on: Some(DAY.plus(7)),
    };
    let check = EventCheck {
        uid: s("x@example.org"),
        start: TIME,
        title: s("Team dinner"),
        trigger: Some(id(30)),
        not_alone_with: s("the old group"),
        who_comes: s("Sam"),
        how_i_leave: s("last train at ten"),
        whom_i_tell: s("Sam"),
    };
    let no_contact = NoContact {
        with: s("the lender"),
        ended_how: s("by letter"),
        closed: vec![s("the app")],
        if_they_reach_out: s("no answer"),
        if_unavoidable: s("with Sam beside me"),
    };
    let trigger = Trigger { sort: TriggerSort::Time, text: s("pay day"), words: vec![s("salary")] };
    let apology = honesty::Apology {
        parts: vec![honesty::ApologyPart {
            part: honesty::Part::Responsibility,
            text: s("I hid a card from you."),
        }],
    };
    let promise =
        honesty::Promise { text: s("I show the statement on the first Sunday"), review_on: DAY.plus(30) };
    let incident = id(13);
    vec![
        explanation::Event::Save(Save::new(Some(incident), page.clone())).into(),
        explanation::Event::Share { incident, content: page }.into(),
        Event::SaveTrigger(Save::new(None, trigger)).into(),
        Event::SavePlan(Save::new(None, plan.clone())).into(),
        Event::Rehearse { plan: id(31) }.into(),
        Event::Weekly { plan: id(31), week: DAY, fired: true, held: Some(true), note: s("twice") }.into(),
        Event::EventCheck(Save::new(None, check)).into(),
        Event::SaveNoContact(Save::new(Some(incident), no_contact.clone())).into(),
        Event::Slip { incident, happened_at: TIME, what: s("I bought on credit"), next: s("returned it") }
            .into(),
        Event::TellSlip {
            incident,
            happened_at: TIME,
            what: s("I bought on credit"),
            next: s("returned it"),
        }
        .into(),
        Event::SharePlan { incident, content: plan.clone(), co_edit: true }.into(),
        Event::EditShared { plan: id(32), base: id(32), content: plan }.into(),
        Event::Suggest { plan: id(32), text: s("before you come in") }.into(),
        Event::ShareNoContact { incident, content: no_contact }.into(),
        Event::StopSharing { shared: id(32) }.into(),
        honesty::Event::Save(Save::new(Some(incident), apology.clone())).into(),
        honesty::Event::Give { incident, content: apology }.into(),
        honesty::Event::Promise { incident, content: promise }.into(),
        honesty::Event::Report {
            promise: id(33),
            outcome: honesty::Outcome::Renegotiated {
                text: s("on the second Sunday"),
                review_on: DAY.plus(37),
            },
        }
        .into(),
        honesty::Event::Respond { promise: id(33), response: honesty::Response::Confirm }.into(),
        honesty::Event::Offer { incident, what: s("the account, view only"), until: DAY.plus(90) }.into(),
        honesty::Event::EndOffer { offer: id(34) }.into(),
    ]
}

fn prove() -> Vec<Body> {
    [talking(), needing(), light(), waiting()].concat()
}

fn talking() -> Vec<Body> {
    use communication::*;
    let point = AgendaPoint { heading: AgendaHeading::OneIssue, text: s("the bills") };
    vec![
        Event::SaveObstacles(Save::new(
            None,
            Obstacles { picked: vec![Obstacle::TooLate], what_i_do: s("nod"), instead: s("say when") },
        ))
        .into(),
        Event::SaveLetter(Save::new(None, Letter { purpose: Purpose::ToSend, text: s("Dear you") })).into(),
        Event::ReadAsReader { letter: id(40), version: id(40) }.into(),
        Event::Send { incident: Some(id(13)), purpose: Purpose::ToSend, text: s("Dear you") }.into(),
        Event::Recall { letter: id(41) }.into(),
        Event::OpenLetter { letter: id(41) }.into(),
        Event::Hold { letter: id(41), until: Some(TIME) }.into(),
        Event::Return { letter: id(41) }.into(),
        Event::ProposeTalk(Talk {
            first: DAY,
            minute: 1140,
            utc_offset: 60,
            length: 40,
            floor: 5,
            stop_word: s("harbor"),
            changes: None,
        })
        .into(),
        Event::AgreeTalk { talk: id(42) }.into(),
        Event::CancelTalk { talk: id(42), day: Some(DAY) }.into(),
        Event::NoteForTalk { talk: id(42), point: point.clone() }.into(),
        Event::AddPoint { talk: id(42), day: DAY, point }.into(),
        Event::Packet {
            items: vec![id(41)],
            questions: vec![s("How do you work?")],
            summary: s("one page"),
            until: TIME,
        }
        .into(),
        Event::ClosePacket { packet: id(43) }.into(),
    ]
}

fn needing() -> Vec<Body> {
    use needs::*;
    vec![
        Event::Mark { need: Need::Word(NeedId(5)), mark: Mark::Now }.into(),
        Event::Share { need: Need::Own(s("a lamp on")), mark: Mark::Later }.into(),
        Event::Remark { shared: id(44), mark: Mark::NotFromYou }.into(),
        Event::Ask.into(),
        Event::DontKnow.into(),
        Event::Request { shared: id(44), text: s("Leave the hall light on until I sleep.") }.into(),
        Event::Answer { request: id(45), answer: Answer::OtherOffer { text: s("a small lamp") } }.into(),
    ]
}

fn light() -> Vec<Body> {
    use activities::*;
    let photo = contact::Photo {
        blob: BlobId([9; 16]),
        bytes: 40_000,
        width: 800,
        height: 600,
        alt: s("a garden gate"),
    };
    let secret = BlindSecret { key: vec![3; 32], order: vec![Some(ActivityId(4)), None], round: None };
    let proposal = Proposal {
        activity: Some(ActivityId(4)),
        text: s("the long novel"),
        start: TIME,
        minutes: 60,
        topic_free: Some(TopicFree { talk: id(42), day: DAY }),
    };
    vec![
        contact::Event::Send { kind: ContactKind::Photo, text: s("the gate is painted"), photo: Some(photo) }
            .into(),
        Event::Rate { activity: ActivityId(4), rating: Rating::Love }.into(),
        Event::Avoid(Avoid { places: vec![Place::Bar], with_children: true, max_cost: 1, max_energy: 2 })
            .into(),
        Event::Secret { round: secret }.into(),
        Event::OfferTokens { tokens: vec![Token([5; 32]); TOKENS] }.into(),
        Event::ReturnTokens { offer: id(46), tokens: vec![Token([6; 32]); TOKENS], with: None }.into(),
        Event::Matched { activities: vec![ActivityId(4)] }.into(),
        Event::Propose(proposal).into(),
        Event::Accept { proposal: id(47) }.into(),
        Event::OtherTime { proposal: id(47), start: TIME }.into(),
        Event::Withdraw { proposal: id(47) }.into(),
    ]
}

fn waiting() -> Vec<Body> {
    let note = gratitude::Note {
        text: s("You took my shift at the door."),
        spot: gratitude::Spot::Today,
        on: Some(DAY),
    };
    let gift = gratitude::Gift { what: s("tea"), hope: s("nothing"), card: s("for the cold mornings") };
    let point = patience::Point { day: DAY, value: 6 };
    let closing = patience::Closing { text: s("I wish you well."), keeps: vec![s("the photos of the lake")] };
    use patience::*;
    vec![
        gratitude::Event::SaveNote(Save::new(None, note.clone())).into(),
        gratitude::Event::SendNote(note).into(),
        gratitude::Event::SaveGift(Save::new(None, gift)).into(),
        gratitude::Event::SendGift { text: s("for the cold mornings") }.into(),
        gratitude::Event::AddChore { text: s("the bins"), whose: gratitude::Whose::Mine }.into(),
        gratitude::Event::DoneChore { chore: id(48), day: DAY }.into(),
        gratitude::Event::DropChore { chore: id(48) }.into(),
        Event::CheckIn {
            day: DAY,
            answers: vec![
                ItemAnswer { item: Item::WordsMatched, value: Some(6) },
                ItemAnswer { item: Item::FeltSafe, value: None },
            ],
            note: s("a quiet week"),
        }
        .into(),
        Event::ShareChart { item: Item::WordsMatched, from: DAY, to: DAY.plus(7), points: vec![point] }
            .into(),
        Event::StopChart { chart: id(49) }.into(),
        Event::Controlled {
            week: DAY,
            wrote: Degree::Yes,
            told: Degree::Partly,
            listened: Degree::Skipped,
            note: s("I told about the bill"),
        }
        .into(),
        Event::Review { incident: Some(id(13)), decision: Decision::NotYet, text: s("ask again in spring") }
            .into(),
        Event::TellDecision {
            incident: Some(id(13)),
            decision: Decision::Together,
            text: s("I stay, for now"),
        }
        .into(),
        Event::SaveClosing(Save::new(None, closing.clone())).into(),
        Event::SendClosing { content: closing }.into(),
    ]
}
