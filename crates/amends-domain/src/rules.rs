//! Rules that hold for every event: who may write at all, which space, consent, stage, topic, pace.

use amends_guide::step_by_slug;

use crate::admit::{acceptance, listening, perspective, responsibility};
use crate::apologize::{change, explanation, honesty};
use crate::consent::{self, Topic};
use crate::entry;
use crate::event::{Body, Reach, Space};
use crate::id::EntryId;
use crate::incident::{self, StageMark};
use crate::prove::contact::ContactKind;
use crate::prove::{activities, communication, contact, gratitude, needs, patience};
use crate::refusal::Refusal;
use crate::state::Ctx;

/// Rules before the step's own.
pub(crate) fn common(ctx: &Ctx<'_>, body: &Body) -> Result<(), Refusal> {
    let stamp = ctx.stamp;
    if stamp.author != ctx.world.me && Some(stamp.author) != ctx.world.partner {
        return Err(Refusal::Stranger);
    }
    if !body.reach().allows(stamp.space) {
        return Err(if body.reach() == Reach::Own { Refusal::StaysPrivate } else { Refusal::OnlyShared });
    }
    match stamp.space {
        Space::Private if stamp.author != ctx.world.me => Err(Refusal::ForeignPrivate),
        Space::Private => Ok(()),
        Space::Shared => shared(ctx, body),
    }
}

fn shared(ctx: &Ctx<'_>, body: &Body) -> Result<(), Refusal> {
    if let Body::Consent(_) = body {
        return Ok(());
    }
    let from = ctx.stamp.author;
    let at = ctx.stamp.at.time();
    let consent = &ctx.world.consent;
    let doors = consent.doors_of(ctx.stamp.id);
    let to = ctx.world.other(from).ok_or(Refusal::NoPartner)?;
    if doors.has_left(from) || doors.has_left(to) {
        return Err(Refusal::NotConnected);
    }
    if body.takes_back() {
        return Ok(());
    }
    if !doors.is_open(from, at) || !doors.is_open(to, at) {
        return Err(Refusal::NotOpen);
    }
    if doors.is_closed(to, body.topics(), at) {
        return Err(Refusal::TopicClosed);
    }
    if let Some(stage) = body.needs_stage() {
        has_stage(ctx, body.incident(), stage)?;
    }
    if let Some(kind) = body.contact_kind() {
        doors.judge_contact(from, to, kind, at)?;
    }
    if body.counts_as_text() { consent.judge_text(from, at) } else { Ok(()) }
}

// Who alone moves the stage is not bound by it. Without an incident, all shared ones count.
fn has_stage(ctx: &Ctx<'_>, incident: Option<EntryId>, stage: StageMark) -> Result<(), Refusal> {
    let from = ctx.stamp.author;
    let to = ctx.world.other(from);
    let reached = |found: &incident::Incident| found.leads(from, to) || found.stage(from, to) >= stage;
    let all = match incident {
        Some(id) => reached(ctx.incident(id)?),
        None => ctx
            .world
            .incidents
            .iter()
            .filter(|(_, found)| found.space == Space::Shared)
            .all(|(_, found)| reached(found)),
    };
    if all { Ok(()) } else { Err(Refusal::StageClosed) }
}

impl Body {
    /// Which kind of contact this is for the receiver's pace, if it is one.
    pub fn contact_kind(&self) -> Option<ContactKind> {
        match self {
            Body::Contact(contact::Event::Send { kind, .. }) => Some(*kind),
            Body::Gratitude(gratitude::Event::SendNote(_)) => Some(ContactKind::Note),
            Body::Gratitude(gratitude::Event::SendGift { .. }) => Some(ContactKind::Gift),
            Body::Communication(
                communication::Event::Send { .. } | communication::Event::SendSealed { .. },
            ) => Some(ContactKind::Letter),
            Body::Activities(activities::Event::Propose(_)) => Some(ContactKind::Proposal),
            _ => None,
        }
    }

    /// Whether it brings words to the other outside the receiver's pace; these have a ceiling a day.
    pub fn counts_as_text(&self) -> bool {
        self.contact_kind().is_none()
            && !self.takes_back()
            && match self {
                Body::Responsibility(_) | Body::Acceptance(_) | Body::Explanation(_) | Body::Change(_) => {
                    true
                }
                Body::Honesty(event) => !matches!(event, honesty::Event::Respond { .. }),
                Body::Perspective(event) => matches!(event, perspective::Event::Share { .. }),
                Body::Listening(event) => {
                    matches!(
                        event,
                        listening::Event::OpenRound { .. } | listening::Event::AllowStatement { .. }
                    )
                }
                Body::Communication(event) => !matches!(
                    event,
                    communication::Event::AgreeTalk { .. }
                        | communication::Event::Half { .. }
                        | communication::Event::AskHalf { .. }
                        | communication::Event::AgreeGuest { .. }
                ),
                Body::Needs(event) => !matches!(event, needs::Event::Ask | needs::Event::Remark { .. }),
                Body::Gratitude(event) => matches!(event, gratitude::Event::AddChore { .. }),
                Body::Patience(event) => !matches!(event, patience::Event::ShareChart { .. }),
                Body::Incident(event) => {
                    matches!(event, incident::Event::Open { .. } | incident::Event::Ending { .. })
                }
                _ => false,
            }
    }

    /// Whether it only takes something back, asks for quiet, or says less. Always possible, brings no words.
    pub fn takes_back(&self) -> bool {
        match self {
            Body::Consent(event) => !matches!(event, consent::Event::OptIn),
            Body::Entry(event) => !matches!(event, entry::Event::AllowCopy { allowed: true, .. }),
            Body::Change(event) => matches!(event, change::Event::StopSharing { .. }),
            Body::Honesty(event) => matches!(event, honesty::Event::EndOffer { .. }),
            Body::Communication(event) => matches!(
                event,
                communication::Event::Recall { .. }
                    | communication::Event::Return { .. }
                    | communication::Event::CancelTalk { .. }
                    | communication::Event::EndGuest { .. }
            ),
            Body::Needs(event) => matches!(event, needs::Event::DontKnow),
            Body::Activities(event) => matches!(event, activities::Event::Withdraw { .. }),
            Body::Gratitude(event) => matches!(event, gratitude::Event::DropChore { .. }),
            Body::Patience(event) => matches!(event, patience::Event::StopChart { .. }),
            _ => false,
        }
    }

    /// Topics by which the receiver can keep it out.
    pub fn topics(&self) -> &'static [Topic] {
        match self {
            Body::Responsibility(responsibility::Event::Depth { .. }) => &[],
            Body::Responsibility(_) | Body::Listening(_) | Body::Acceptance(_) => &[Topic::Incident],
            Body::Perspective(perspective::Event::Share { .. }) => &[Topic::Incident],
            Body::Explanation(_) => &[Topic::Incident, Topic::Causes],
            Body::Honesty(honesty::Event::Give { .. }) => &[Topic::Incident],
            Body::Honesty(honesty::Event::Promise { .. } | honesty::Event::Offer { .. }) => {
                &[Topic::Promises]
            }
            Body::Needs(needs::Event::Ask | needs::Event::Request { .. } | needs::Event::Share { .. }) => {
                &[Topic::Needs]
            }
            Body::Activities(activities::Event::Propose(_)) => &[Topic::Plans],
            Body::Patience(patience::Event::TellDecision { .. } | patience::Event::SendClosing { .. }) => {
                &[Topic::Future]
            }
            _ => &[],
        }
    }

    /// The incident it names itself.
    pub fn incident(&self) -> Option<EntryId> {
        match self {
            Body::Responsibility(
                responsibility::Event::Guess { incident, .. }
                | responsibility::Event::Depth { incident, .. }
                | responsibility::Event::Seal { incident, .. },
            )
            | Body::Perspective(perspective::Event::Share { incident, .. })
            | Body::Listening(
                listening::Event::AllowStatement { incident, .. }
                | listening::Event::OpenRound { incident }
                | listening::Event::HandedOver { incident, .. },
            )
            | Body::Acceptance(
                acceptance::Event::ShareImpact { incident, .. }
                | acceptance::Event::ShareLetter { incident, .. },
            )
            | Body::Explanation(explanation::Event::Share { incident, .. })
            | Body::Change(
                change::Event::Slip { incident, .. }
                | change::Event::TellSlip { incident, .. }
                | change::Event::SharePlan { incident, .. }
                | change::Event::ShareNoContact { incident, .. },
            )
            | Body::Honesty(
                honesty::Event::Give { incident, .. }
                | honesty::Event::Promise { incident, .. }
                | honesty::Event::Offer { incident, .. },
            ) => Some(*incident),
            Body::Communication(
                communication::Event::Send { incident, .. }
                | communication::Event::SendSealed { incident, .. },
            ) => *incident,
            Body::Patience(
                patience::Event::Review { incident, .. } | patience::Event::TellDecision { incident, .. },
            ) => *incident,
            _ => None,
        }
    }

    /// The stage that opens it for who does not move the stage.
    pub fn needs_stage(&self) -> Option<StageMark> {
        let bound = match self {
            Body::Honesty(honesty::Event::Give { .. }) => return Some(StageMark::Hear),
            Body::Responsibility(event) => matches!(event, responsibility::Event::Seal { .. }),
            Body::Perspective(event) => matches!(event, perspective::Event::Share { .. }),
            Body::Listening(event) => matches!(event, listening::Event::OpenRound { .. }),
            Body::Acceptance(event) => matches!(event, acceptance::Event::ShareImpact { .. }),
            Body::Explanation(event) => matches!(event, explanation::Event::Share { .. }),
            Body::Change(event) => {
                matches!(event, change::Event::SharePlan { .. } | change::Event::ShareNoContact { .. })
            }
            Body::Honesty(event) => {
                matches!(event, honesty::Event::Promise { .. } | honesty::Event::Offer { .. })
            }
            Body::Communication(event) => {
                matches!(
                    event,
                    communication::Event::Send { .. }
                        | communication::Event::SendSealed { .. }
                        | communication::Event::ProposeTalk(_)
                )
            }
            Body::Needs(event) => matches!(event, needs::Event::Ask),
            Body::Contact(_) | Body::Activities(_) => true,
            Body::Gratitude(event) => !matches!(event, gratitude::Event::DoneChore { .. }),
            _ => false,
        };
        bound
            .then(|| step_by_slug(self.step()))
            .flatten()
            .and_then(|step| StageMark::from_number(step.stage as u8))
    }
}
