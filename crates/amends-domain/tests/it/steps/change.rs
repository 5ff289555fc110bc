//! 2.2 Change: plans, calendar, slips.

use amends_domain::apologize::change;
use amends_domain::id::DAY;
use amends_domain::incident::StageMark;
use amends_domain::permit::{Action, Finding};
use amends_domain::refusal::Refusal;
use amends_domain::versions::Save;

use crate::world::{BEN, Device, Pair, START};

#[test]
fn plans_are_about_situations_and_cross_only_as_copies() {
    let (mut pair, incident) = Pair::at(StageMark::Change);
    let plan = |act: &str| change::Plan {
        trigger: None,
        if_situation: "the card offer comes".into(),
        then_act: act.into(),
        help: change::Help::Tell,
        review_on: None,
    };
    let save = Action::private(change::Event::SavePlan(Save::new(None, plan("shred it"))));
    let refused = pair.ben_with(save.clone(), |local| local.findings = &[Finding::ConditionOnPartner]);
    assert_eq!(refused, Err(Refusal::ConditionOnPartner));
    pair.ben(save).unwrap();
    assert!(!pair.anas_view().contains("shred it"));
    let share =
        |co_edit| Action::shared(change::Event::SharePlan { incident, content: plan("shred it"), co_edit });
    let fixed = pair.ben(share(false)).unwrap();
    let open = pair.ben(share(true)).unwrap();
    let edit =
        |id| Action::shared(change::Event::EditShared { plan: id, base: id, content: plan("burn it") });
    assert_eq!(pair.ana(edit(fixed)), Err(Refusal::NotYours));
    pair.ana(edit(open)).unwrap();
    assert_eq!(pair.ben.state.world().change.shared(open).unwrap().plan.current.then_act, "burn it");
    pair.ana(Action::shared(change::Event::Suggest { plan: fixed, text: "at the door".into() })).unwrap();
    pair.ben(Action::shared(change::Event::StopSharing { shared: open })).unwrap();
    assert!(pair.ana.state.world().change.shared(open).is_none());
    assert_eq!(change::HELP_ORDER.last(), Some(&change::Help::Partner));
}

#[test]
fn finds_calendar_events_that_touch_a_trigger() {
    let mut ben = Device::new(BEN, None, 2);
    let trigger = change::Trigger {
        sort: change::TriggerSort::Place,
        text: "the inn".into(),
        words: vec!["harbor inn".into(), " ".into()],
    };
    let id = ben
        .act(Action::private(change::Event::SaveTrigger(Save::new(None, trigger))), |_| {}, START)
        .unwrap();
    let change = &ben.state.world().change;
    assert_eq!(change.touched_by("Team dinner", "Harbor Inn, Quay 3").collect::<Vec<_>>(), [id]);
    assert_eq!(change.touched_by("Choir", "School").count(), 0);
}

#[test]
fn slips_are_told_within_a_day() {
    let (mut pair, incident) = Pair::at(StageMark::StopAndTell);
    let happened_at = pair.now;
    let slip = change::Event::Slip {
        incident,
        happened_at,
        what: "bought on credit".into(),
        next: "returned".into(),
    };
    pair.ben(Action::private(slip)).unwrap();
    let (_, slip) = pair.ben.state.world().change.slips().next().unwrap();
    assert_eq!(slip.tell_by().since(happened_at), DAY);
    assert!(!pair.anas_view().contains("bought on credit"));
    let tell =
        change::Event::TellSlip { incident, happened_at, what: "bought on credit".into(), next: "x".into() };
    pair.ben(Action::shared(tell)).unwrap();
    assert_eq!(pair.ana.state.world().change.told().count(), 1);
}
