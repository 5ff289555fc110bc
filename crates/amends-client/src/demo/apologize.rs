//! Day 15 to 24: reasons with their choices, plans, the apology, two promises.

use amends_domain::apologize::change::{self, EventCheck, Help, NoContact, Plan, Trigger, TriggerSort};
use amends_domain::apologize::explanation::{self, Explanation, Row};
use amends_domain::apologize::honesty::{self, Apology, ApologyPart, Outcome, Part, Promise, Response};
use amends_domain::id::EventId;
use amends_domain::incident::{self, StageMark};
use amends_domain::versions::Save;
use amends_store::Store;

use super::play::{DemoError, Play};
use super::prove::check_in;

pub(super) fn play<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    explain(play, incident)?;
    let plan = change(play, incident)?;
    check_in(play, 19, 2, 2)?;
    apologize(play, incident)?;
    let statement = promise(play, incident)?;
    look_back(play, plan)?;
    keep(play, statement)
}

fn explain<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    play.on(15, 18);
    play.kim_to_robin(incident::Event::MoveStage { incident, stage: StageMark::OwnAndExplain })?;
    let page = Explanation {
        wanted: "I wanted to look as if I had everything in hand.".to_owned(),
        feared: "I feared your face when you would see the sum.".to_owned(),
        told_myself: "I told myself that one more month would settle it.".to_owned(),
        turning_point: "When you asked in May I could have told you.".to_owned(),
        chose: "I chose to lie.".to_owned(),
        rows: vec![Row {
            reason: "I was ashamed of the first bill.".to_owned(),
            choice: "I chose to hide it instead of telling you.".to_owned(),
        }],
    };
    play.robin(explanation::Event::Save(Save::new(Some(incident), page.clone())))?;
    play.on(16, 18);
    play.robin_to_kim(explanation::Event::Share { incident, content: page })?;
    Ok(())
}

fn change<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<EventId, DemoError> {
    use change::Event;

    play.on(17, 18);
    play.kim_to_robin(incident::Event::MoveStage { incident, stage: StageMark::Change })?;
    let trigger = play.robin(Event::SaveTrigger(Save::new(
        None,
        Trigger {
            sort: TriggerSort::Time,
            text: "The days after pay day, when I feel rich".to_owned(),
            words: vec!["pay day".to_owned(), "bonus".to_owned()],
        },
    )))?;
    let content = Plan {
        trigger: Some(trigger),
        if_situation: "an offer for a card comes in the post".to_owned(),
        then_act: "I put it through the shredder before I take off my coat".to_owned(),
        help: Help::Tell,
        review_on: Some(play.date(24)),
    };
    let plan = play.robin(Event::SavePlan(Save::new(None, content.clone())))?;
    play.robin(Event::Rehearse { plan })?;
    let shared = play.robin_to_kim(Event::SharePlan { incident, content: content.clone(), co_edit: true })?;
    play.on(18, 9);
    let text = "Please also on days when I am not at home.".to_owned();
    play.kim_to_robin(Event::Suggest { plan: shared, text })?;
    play.robin_to_kim(Event::EditShared {
        plan: shared,
        base: shared,
        content: Plan { if_situation: "an offer for a card comes, by post or by mail".to_owned(), ..content },
    })?;
    play.robin(Event::EventCheck(Save::new(
        None,
        EventCheck {
            uid: "team-dinner@example.org".to_owned(),
            start: play.time(27, 19),
            title: "Team dinner after the bonus".to_owned(),
            trigger: Some(trigger),
            not_alone_with: "the group that goes on to the casino".to_owned(),
            who_comes: "Sam from work".to_owned(),
            how_i_leave: "With the train at ten".to_owned(),
            whom_i_tell: "Sam".to_owned(),
        },
    )))?;
    let no_contact = NoContact {
        with: "the lender".to_owned(),
        ended_how: "I closed the account in writing.".to_owned(),
        closed: vec!["their app".to_owned(), "their mails".to_owned()],
        if_they_reach_out: "I do not answer, and I tell Sam.".to_owned(),
        if_unavoidable: "I go to the bank with my brother.".to_owned(),
    };
    play.robin(Event::SaveNoContact(Save::new(Some(incident), no_contact.clone())))?;
    play.robin_to_kim(Event::ShareNoContact { incident, content: no_contact })?;
    Ok(plan)
}

/// Robin's weekly look at the plan.
fn look_back<S: Store>(play: &mut Play<S>, plan: EventId) -> Result<(), DemoError> {
    play.on(24, 9);
    let note = "One letter came. It is gone.".to_owned();
    play.robin(change::Event::Weekly { plan, week: play.date(17), fired: true, held: Some(true), note })?;
    Ok(())
}

fn apologize<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    let part = |part, text: &str| ApologyPart { part, text: text.to_owned() };
    let content = Apology {
        parts: vec![
            part(
                Part::Responsibility,
                "I hid a card and a debt from you for twenty months, and I lied when you asked.",
            ),
            part(
                Part::Repair,
                "I pay the debt from my own pay, 350 a month, and you see the statement each time.",
            ),
            part(Part::Regret, "I am sorry that you got frightened in your own home."),
            part(Part::Explanation, "I was ashamed and chose to hide it. That was my choice."),
            part(Part::Repentance, "When an offer comes I shred it the same day."),
        ],
    };
    play.on(20, 11);
    play.robin(honesty::Event::Save(Save::new(Some(incident), content.clone())))?;
    play.on(21, 11);
    play.robin_to_kim(honesty::Event::Give { incident, content })?;
    // An apology for another evening, still with flaws: the editor shows hints on it.
    play.robin_drafts(
        "apology/august",
        "I'm sorry if I hurt you in August. You always ask at the worst moment, but I know exactly how you feel and \
         it will never happen again.",
    )
}

fn promise<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<EventId, DemoError> {
    use honesty::Event;

    play.on(21, 12);
    let statement = play.robin_to_kim(Event::Promise {
        incident,
        content: Promise {
            text: "I put the card statement on the table on the first Sunday of the month.".to_owned(),
            review_on: play.date(27),
        },
    })?;
    play.robin_to_kim(Event::Promise {
        incident,
        content: Promise {
            text: "I ask you before I spend more than 50.".to_owned(),
            review_on: play.date(55),
        },
    })?;
    play.robin_to_kim(Event::Offer {
        incident,
        what: "My bank account, to look at, not to change".to_owned(),
        until: play.date(110),
    })?;
    Ok(statement)
}

fn keep<S: Store>(play: &mut Play<S>, statement: EventId) -> Result<(), DemoError> {
    use honesty::Event;

    play.on(27, 10);
    play.robin_to_kim(Event::Report { promise: statement, outcome: Outcome::Kept })?;
    play.on(27, 18);
    play.kim_to_robin(Event::Respond { promise: statement, response: Response::Confirm })?;
    Ok(())
}
