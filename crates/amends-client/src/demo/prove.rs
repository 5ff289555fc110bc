//! Day 25 to 41: letters and talks, needs, light contact, things to do, thanks, patience.

use amends_domain::bank::{ActivityId, NeedId};
use amends_domain::consent;
use amends_domain::id::EventId;
use amends_domain::incident::{self, StageMark};
use amends_domain::prove::activities::{self, Avoid, Place, Proposal, Rating, TopicFree};
use amends_domain::prove::communication::{
    self, AgendaHeading, AgendaPoint, Letter, Obstacle, Obstacles, Purpose, Talk,
};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::prove::gratitude::{self, Gift, Note, Spot, Whose};
use amends_domain::prove::needs::{self, Answer, Mark, Need};
use amends_domain::prove::patience::{self, Decision, Degree, Item, ItemAnswer};
use amends_domain::versions::Save;
use amends_store::Store;

use super::play::{DemoError, Play};

pub(super) fn play<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    // The channel is opened again every four weeks.
    play.on(27, 19);
    play.robin_to_kim(consent::Event::OptIn)?;
    play.kim_to_robin(consent::Event::OptIn)?;
    check_in(play, 27, 4, 3)?;
    let talk = talk(play, incident)?;
    need(play)?;
    play.on(31, 9);
    play.kim_to_robin(incident::Event::MoveStage { incident, stage: StageMark::Reconnect })?;
    keep_in_touch(play)?;
    do_things(play, talk)?;
    thank(play)?;
    wait(play, incident)
}

fn talk<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<EventId, DemoError> {
    use communication::Event;

    play.on(28, 10);
    play.robin(Event::SaveObstacles(Save::new(
        None,
        Obstacles {
            picked: vec![Obstacle::TooLate, Obstacle::Shame],
            what_i_do: "I nod and hope it ends.".to_owned(),
            instead: "I say that I need ten minutes, and come back.".to_owned(),
        },
    )))?;
    let text =
        "Dear Kim, I read the old statements yesterday. I saw your birthday in them, and what I bought for \
                myself that day. I did not see it then. I see it now."
            .to_owned();
    let content = Letter { purpose: Purpose::ToSend, text: text.clone() };
    let letter = play.robin(Event::SaveLetter(Save::new(Some(incident), content)))?;
    play.robin(Event::ReadAsReader { letter, version: letter })?;
    play.on(29, 10);
    let sent = play.robin_to_kim(Event::Send { incident: Some(incident), purpose: Purpose::ToSend, text })?;
    play.on(29, 19);
    play.kim(Event::OpenLetter { letter: sent })?;
    let unsent = "I am so tired of being careful.".to_owned();
    play.kim(Event::SaveLetter(Save::new(None, Letter { purpose: Purpose::ForMe, text: unsent })))?;
    play.kim_drafts("letter/new", "Dear Robin, I read your letter twice. I do not know yet what")?;

    let talk = play.kim_to_robin(Event::ProposeTalk(Talk {
        first: play.date(30),
        minute: 19 * 60,
        utc_offset: play.utc_offset(),
        length: 40,
        floor: 5,
        stop_word: "harbor".to_owned(),
        changes: None,
    }))?;
    play.robin_to_kim(Event::AgreeTalk { talk })?;
    let point = |heading, text: &str| AgendaPoint { heading, text: text.to_owned() };
    play.kim(Event::NoteForTalk { talk, point: point(AgendaHeading::OneIssue, "The loan from the family") })?;
    let kept = point(AgendaHeading::WentWell, "You put the statement on the table.");
    play.kim_to_robin(Event::AddPoint { talk, day: play.date(30), point: kept })?;
    play.robin(Event::Packet {
        items: vec![sent],
        questions: vec!["How do you work with hidden debts?".to_owned()],
        summary: "A hidden card, found in autumn. We want to learn to talk about money.".to_owned(),
        until: play.time(55, 0),
    })?;
    Ok(talk)
}

fn need<S: Store>(play: &mut Play<S>) -> Result<(), DemoError> {
    use needs::Event;

    play.on(30, 10);
    play.kim(Event::Mark { need: Need::Word(NeedId(0)), mark: Mark::Now })?;
    play.kim(Event::Mark { need: Need::Word(NeedId(12)), mark: Mark::Later })?;
    play.robin_to_kim(Event::Ask)?;
    let shared = play.kim_to_robin(Event::Share {
        need: Need::Own("Quiet on Sunday mornings".to_owned()),
        mark: Mark::Now,
    })?;
    let request = play.kim_to_robin(Event::Request {
        shared,
        text: "Please leave money out until noon on Sundays.".to_owned(),
    })?;
    play.on(30, 18);
    play.robin_to_kim(Event::Answer { request, answer: Answer::Yes })?;
    Ok(())
}

fn keep_in_touch<S: Store>(play: &mut Play<S>) -> Result<(), DemoError> {
    let send = |kind, text: &str| contact::Event::Send { kind, text: text.to_owned(), photo: None };
    for (day, kind, text) in [
        (31, ContactKind::Line, "The heron is back at the pond."),
        (32, ContactKind::Thanks, "Thank you for telling me about the dentist yourself."),
        (33, ContactKind::Line, "Train is late, I am home at seven."),
    ] {
        play.on(day, 12);
        play.robin_to_kim(send(kind, text))?;
    }
    play.on(33, 13);
    play.kim_to_robin(send(ContactKind::Question, "Did you feed the cat?"))?;
    Ok(())
}

fn do_things<S: Store>(play: &mut Play<S>, talk: EventId) -> Result<(), DemoError> {
    use activities::Event;

    play.on(33, 18);
    for (number, robin, kim) in [
        (1, Rating::Love, Rating::No),
        (2, Rating::Love, Rating::Love),
        (4, Rating::Try, Rating::Love),
        (10, Rating::No, Rating::Try),
    ] {
        let activity = ActivityId(number);
        play.robin(Event::Rate { activity, rating: robin })?;
        play.kim(Event::Rate { activity, rating: kim })?;
    }
    play.kim(Event::Avoid(Avoid {
        places: vec![Place::Bar],
        with_children: false,
        max_cost: 1,
        max_energy: 2,
    }))?;
    // What both would do. The two devices of real people find this out without telling each other the rest.
    let activities = vec![ActivityId(2), ActivityId(4)];
    play.robin(Event::Matched { activities: activities.clone() })?;
    play.kim(Event::Matched { activities })?;
    play.on(34, 12);
    let proposal = play.robin_to_kim(Event::Propose(Proposal {
        activity: Some(ActivityId(2)),
        text: "Saturday morning, only us and the path.".to_owned(),
        start: play.time(37, 9),
        minutes: 90,
        topic_free: Some(TopicFree { talk, day: play.date(37) }),
    }))?;
    play.on(34, 19);
    play.kim_to_robin(Event::Accept { proposal })?;
    check_in(play, 34, 3, 5)
}

fn thank<S: Store>(play: &mut Play<S>) -> Result<(), DemoError> {
    use gratitude::Event;

    play.on(36, 10);
    let note = Note {
        text: "You sat with my mother at the hospital on Tuesday, although you were tired.".to_owned(),
        spot: Spot::Today,
        on: Some(play.date(36)),
    };
    play.robin(Event::SaveNote(Save::new(None, note.clone())))?;
    play.robin_to_kim(Event::SendNote(note))?;
    play.robin(Event::SaveGift(Save::new(
        None,
        Gift {
            what: "The tea you like".to_owned(),
            hope: "That the mornings are warmer. Nothing else.".to_owned(),
            card: "For cold mornings.".to_owned(),
        },
    )))?;
    play.on(38, 10);
    play.robin_to_kim(Event::SendGift { text: "For cold mornings.".to_owned() })?;
    let chore =
        play.robin_to_kim(Event::AddChore { text: "Bins on Thursday".to_owned(), whose: Whose::Mine })?;
    play.robin_to_kim(Event::DoneChore { chore, day: play.date(38) })?;
    Ok(())
}

/// Kim's weekly check-in, on the evening of this day.
pub(super) fn check_in<S: Store>(play: &mut Play<S>, day: u8, words: u8, safe: u8) -> Result<(), DemoError> {
    play.on(day.into(), 20);
    let answers = vec![
        ItemAnswer { item: Item::WordsMatched, value: Some(words) },
        ItemAnswer { item: Item::FeltSafe, value: Some(safe) },
        ItemAnswer { item: Item::GoOnTrying, value: None },
    ];
    play.kim(patience::Event::CheckIn { day: play.date(day.into()), answers, note: String::new() })?;
    Ok(())
}

fn wait<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    use patience::Event;

    check_in(play, 40, 5, 5)?;
    play.on(41, 9);
    play.robin(Event::Controlled {
        week: play.date(34),
        wrote: Degree::Yes,
        told: Degree::Yes,
        listened: Degree::Partly,
        note: "I interrupted twice on Sunday.".to_owned(),
    })?;
    let text = "I want to see another three months.".to_owned();
    play.kim(Event::Review { incident: Some(incident), decision: Decision::NotYet, text })?;
    Ok(())
}
