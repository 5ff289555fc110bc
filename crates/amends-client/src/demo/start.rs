//! Day 0 to 2: both open their channel, Robin says that it is over.

use amends_domain::consent::{self, Pace};
use amends_domain::id::EventId;
use amends_domain::incident::{
    CameOut, Ending, Event, Extent, HowMany, Intake, Kind, Nature, Risk, Role, StageMark,
};
use amends_domain::prove::contact::ContactKind;
use amends_store::Store;

use super::play::{DemoError, Play};

pub(super) fn open_the_channel<S: Store>(play: &mut Play<S>) -> Result<EventId, DemoError> {
    play.on(0, 9);
    play.robin_to_kim(consent::Event::OptIn)?;
    play.on(1, 18);
    play.kim_to_robin(consent::Event::OptIn)?;
    play.kim_to_robin(consent::Event::Pace(Pace {
        per_day: 2,
        from_minute: 8 * 60,
        to_minute: 21 * 60,
        utc_offset: play.utc_offset(),
        kinds: vec![
            ContactKind::Line,
            ContactKind::Thanks,
            ContactKind::Letter,
            ContactKind::Note,
            ContactKind::Gift,
            ContactKind::Proposal,
        ],
        changes: None,
    }))?;
    play.robin_to_kim(consent::Event::Pace(Pace {
        per_day: 3,
        from_minute: 7 * 60,
        to_minute: 22 * 60,
        utc_offset: play.utc_offset(),
        kinds: vec![ContactKind::Line, ContactKind::Question, ContactKind::Letter, ContactKind::Proposal],
        changes: None,
    }))?;

    play.on(2, 19);
    let incident = play.robin_to_kim(Event::Open {
        kind: Kind::Money,
        title: "The second card".to_owned(),
        my_role: Role::InvolvedPartner,
    })?;
    play.kim_to_robin(Event::MyRole { incident, role: Role::InjuredPartner })?;
    play.robin(Event::Intake {
        incident,
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
    })?;
    play.robin_to_kim(Event::Ending {
        incident,
        ending: Ending::Ended,
        health: Risk::NoneKnown,
        money: Risk::Known { what: "I owe 4,200 on a card in my name.".to_owned() },
    })?;
    play.kim_to_robin(Event::MoveStage { incident, stage: StageMark::StopAndTell })?;
    Ok(incident)
}
