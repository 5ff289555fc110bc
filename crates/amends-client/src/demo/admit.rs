//! Day 3 to 14: Robin tells, Kim is heard.

use amends_domain::admit::acceptance::{self, Impact, ImpactLetter, ImpactLine};
use amends_domain::admit::listening::{self, Prompt, Tally, Tap};
use amends_domain::admit::perspective::{self, Perspective, Value};
use amends_domain::admit::responsibility::{self, Depth, DepthChoice, Disclosure, Field, Section};
use amends_domain::bank::{FEELINGS, FeelingId, StatementId};
use amends_domain::id::EventId;
use amends_domain::incident::{self, StageMark};
use amends_domain::versions::Save;
use amends_store::Store;

use super::play::{DemoError, Play};
use super::prove::check_in;

pub(super) fn play<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    tell(play, incident)?;
    see_the_day(play, incident)?;
    listen(play, incident)?;
    accept(play, incident)?;
    check_in(play, 14, 1, 2)
}

fn tell<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    use responsibility::Event;

    let depth = |section, depth| DepthChoice { section, depth };
    play.on(3, 20);
    play.robin(Event::Guess { incident, choices: vec![depth(Section::Money, Depth::Facts)] })?;
    play.kim_to_robin(Event::Depth {
        incident,
        choices: vec![
            depth(Section::What, Depth::Facts),
            depth(Section::Money, Depth::Facts),
            depth(Section::Lies, Depth::Facts),
            depth(Section::WhoKnows, Depth::AskMe),
        ],
    })?;
    let draft = play.robin(Event::Save(Save::new(Some(incident), disclosure(play))))?;
    play.on(5, 10);
    play.robin(Event::Save(Save {
        doc: Some(draft),
        base: Some(draft),
        incident: Some(incident),
        content: disclosure(play),
    }))?;
    // Who knows is told only when Kim asks.
    let mut content = disclosure(play);
    content.fields.retain(|field| field.section != Section::WhoKnows);
    let sealed = play.robin_to_kim(Event::Seal { incident, content })?;
    play.on(5, 19);
    play.kim(Event::OpenSection { disclosure: sealed, section: Section::Money })?;
    let question = play.kim_to_robin(Event::Ask {
        disclosure: sealed,
        section: Section::WhoKnows,
        text: "Does anybody else know?".to_owned(),
    })?;
    play.on(6, 9);
    let text = "My brother knows. He lent me 300 in spring.".to_owned();
    play.robin_to_kim(Event::Answer { question, text })?;
    let text = "I also lied about the bonus in May. It went to the card.".to_owned();
    play.robin_to_kim(Event::Add { disclosure: sealed, section: Section::Lies, text })?;
    play.kim_to_robin(incident::Event::MoveStage { incident, stage: StageMark::Hear })?;
    Ok(())
}

fn disclosure<S: Store>(play: &Play<S>) -> Disclosure {
    let field = |section, headline: &str, facts: &str| Field {
        section,
        headline: headline.to_owned(),
        facts: facts.to_owned(),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
        when: None,
    };
    let period = Field {
        when: Some("From soon after we moved in here until you found the letter.".to_owned()),
        ..field(
            Section::Period,
            "For about twenty months.",
            "I opened the card and used it until you found the letter.",
        )
    };
    let unsure = Field {
        known_by: Some(play.date(12)),
        ..field(
            Section::NotRemembered,
            "I do not know every purchase.",
            "I asked the bank for all statements.",
        )
    };
    Disclosure {
        fields: vec![
            field(
                Section::What,
                "I had a credit card you did not know about.",
                "I hid the letters in my desk at work.",
            ),
            period,
            field(Section::Money, "I owe 4,200.", "I paid 90 a month from my own account."),
            field(Section::WhoKnows, "My brother knows.", "He lent me 300 in spring."),
            field(
                Section::Lies,
                "I said the bank had made a mistake.",
                "I said it twice, in May and in August.",
            ),
            field(Section::IsItOver, "Yes.", "I cut up the card and closed it with the bank on Monday."),
            unsure,
        ],
        own_words:
            "I hid a debt from you. When you asked me, I lied. You did nothing to cause it. I decided it, \
                    every month again."
                .to_owned(),
    }
}

fn see_the_day<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    use perspective::Event;

    play.on(7, 19);
    play.robin(Event::WarmUp {
        value: Value::Fairness,
        lines: vec![
            "I split things evenly at work.".to_owned(),
            "I hate it when others bend the rules.".to_owned(),
            "I was not fair to Kim.".to_owned(),
        ],
    })?;
    let page = Perspective {
        before: "You came home early and took the post in.".to_owned(),
        found: "You opened a letter from a bank we do not use.".to_owned(),
        thought: "Maybe you thought it was a mistake, and then that I had lied.".to_owned(),
        felt: "I think you were frightened, and alone with it until I came home.".to_owned(),
        after: "You slept on the sofa and looked at every account.".to_owned(),
    };
    play.robin(Event::Save(Save::new(Some(incident), page.clone())))?;
    play.robin(Event::Rehearse {
        statement: StatementId(101),
        reply: "You cannot believe a word I say now.".to_owned(),
        noticed: vec![],
    })?;
    play.on(8, 18);
    play.robin_to_kim(Event::Share { incident, content: page })?;
    let pause = play.kim_to_robin(Event::Pause { back_at: play.time(8, 19) })?;
    play.on(8, 19);
    play.kim_to_robin(Event::Back { pause })?;
    Ok(())
}

fn listen<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    use listening::Event;

    let tally = |content, feeling, questions| Tally {
        content,
        feeling,
        questions,
        advice: 0,
        reasons: 0,
        parroting: 0,
    };
    for (day, statement, reply, counts) in [
        (9, 1, "You waited, and nobody came. That was lonely.", tally(1, 1, 0)),
        (10, 2, "What did you do then?", tally(0, 0, 1)),
        (11, 3, "You had counted on that evening, and it hurt.", tally(1, 1, 0)),
    ] {
        play.on(day, 20);
        let prompt = Prompt::Bank(StatementId(statement));
        play.robin(Event::Practice { prompt, reply: reply.to_owned(), tally: counts })?;
    }
    play.on(11, 12);
    let text = "I check every bill twice now, and I hate that I do.".to_owned();
    let allowed = play.kim_to_robin(Event::AllowStatement { incident, text })?;
    play.on(11, 21);
    play.robin(Event::Practice {
        prompt: Prompt::Allowed(allowed),
        reply: "You check everything twice, and you are angry that I made you do it.".to_owned(),
        tally: tally(1, 1, 0),
    })?;
    play.on(12, 19);
    let round = play.kim_to_robin(Event::OpenRound { incident })?;
    let said = play.kim_to_robin(Event::Say {
        round,
        text: "When the phone rings I think it is the next bank.".to_owned(),
    })?;
    let first = play.robin_to_kim(Event::Reflect { said, text: "You wait for the next call.".to_owned() })?;
    play.kim_to_robin(Event::Tap { reflection: first, tap: Tap::NotQuite })?;
    let text = "Each time it rings, you are afraid that there is more.".to_owned();
    let second = play.robin_to_kim(Event::Reflect { said, text })?;
    play.kim_to_robin(Event::Tap { reflection: second, tap: Tap::Yes })?;
    Ok(())
}

fn accept<S: Store>(play: &mut Play<S>, incident: EventId) -> Result<(), DemoError> {
    use acceptance::Event;

    let feelings = |words: &[&str]| -> Vec<FeelingId> {
        let number = |word: &&str| FEELINGS.iter().position(|other| other == word);
        words.iter().filter_map(number).filter_map(|n| u16::try_from(n).ok()).map(FeelingId).collect()
    };
    play.on(13, 18);
    play.kim(Event::Feelings {
        words: feelings(&["watchful", "shaken"]),
        note: "Slept five hours.".to_owned(),
    })?;
    let letter = ImpactLetter {
        text: "I used to open the post without thinking. Now my hands get cold. I feel stupid for having trusted you \
               with our savings, and I miss not having to think about it."
            .to_owned(),
        feelings: feelings(&["watchful", "shaken", "frightened"]),
    };
    play.kim(Event::SaveLetter(Save::new(Some(incident), letter.clone())))?;
    play.on(14, 10);
    play.kim_to_robin(Event::ShareLetter { incident, content: letter })?;
    let impact = Impact {
        lines: vec![ImpactLine {
            because_i: "hid the card and lied when you asked".to_owned(),
            you_now: "get cold hands when the post comes, and check every bill".to_owned(),
            feelings: feelings(&["frightened", "watchful"]),
        }],
    };
    play.robin(Event::SaveImpact(Save::new(Some(incident), impact.clone())))?;
    play.on(14, 19);
    play.robin_to_kim(Event::ShareImpact { incident, content: impact })?;
    Ok(())
}
