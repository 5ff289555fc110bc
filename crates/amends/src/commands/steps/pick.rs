//! Questions whose answers are entries of the vault or rows of a fixed list.

use amends_domain::bank::{
    ActivityId, FEELING_FAMILIES, FEELINGS, FeelingId, NEED_GROUPS, NEEDS, NeedId, StatementId,
};
use amends_domain::event::Event;
use amends_domain::id::EventId;
use amends_tools::{Bank, Field, Kind, choices, show};
use serde_json::{Map, Value, json};

use super::interview::{Interview, Stop, Taken};
use super::moment;
use crate::commands::vault::offset_at;

/// The line that names an entry for ever.
pub(super) fn id_line(object: &Map<String, Value>) -> Option<String> {
    Some(format!("={}:{}", object.get("device")?.as_str()?, object.get("seq")?.as_u64()?))
}

fn id_of(line: &str) -> Option<EventId> {
    let (device, seq) = line.strip_prefix('=')?.split_once(':')?;
    serde_json::from_value(json!({ "device": device, "seq": seq.parse::<u64>().ok()? })).ok()
}

impl Interview<'_> {
    pub(super) fn pick(&mut self, field: &Field, old: Option<&Value>, form: &Value) -> Result<Value, Stop> {
        match field.kind {
            Kind::Incident => self.incident(field.key, old, false),
            Kind::MaybeIncident => self.incident(field.key, old, true),
            Kind::Entry(of) => self.entry(field.key, old, of, false).map(|event| json!(show::root(&event))),
            Kind::MaybeEntry(of) => self.maybe_entry(field.key, old, of),
            Kind::Entries => self.entries(field.key, old),
            Kind::VersionOf(path) => Ok(choices::version_of(self.vault.state(), show::at(form, path))),
            Kind::Copy(of, parts) => self.copy(field.key, of, parts),
            Kind::Feelings => self.feelings(field.key, old),
            Kind::Need => self.need(field.key, old),
            Kind::Statement(bank) => self.statement(field.key, bank),
            Kind::Activity => self.activity(field.key),
            Kind::Match => self.matching(field.key),
            Kind::Points => Ok(choices::points(self.vault.state(), form)),
            _ => Ok(Value::Null),
        }
    }

    /// Incidents, newest last; with one there is nothing to ask.
    fn incident(&mut self, key: &str, old: Option<&Value>, maybe: bool) -> Result<Value, Stop> {
        let all: Vec<(EventId, String)> = choices::incidents(self.vault.state())
            .into_iter()
            .map(|(id, incident)| (id, incident.title.clone()))
            .collect();
        match all.as_slice() {
            [] if maybe => return Ok(Value::Null),
            [] => return Err(Stop::Nothing("cli-no-incident")),
            [(id, _)] => return Ok(json!(id)),
            _ => {}
        }
        for (index, (_, title)) in all.iter().enumerate() {
            anstream::println!("  {:>2}. {title}", index + 1);
        }
        let ids: Vec<EventId> = all.iter().map(|(id, _)| *id).collect();
        self.one(key, old, maybe, |line| choose(&ids, line))
    }

    fn candidates(&self, of: &[&str]) -> Vec<Event> {
        choices::candidates(self.vault.state(), of, moment()).into_iter().cloned().collect()
    }

    fn list(&self, events: &[Event]) {
        for (index, event) in events.iter().enumerate() {
            anstream::println!(
                "  {:>2}. {}",
                index + 1,
                show::excerpt(self.vault.state(), event, self.words, &offset_at)
            );
        }
    }

    fn entry(&mut self, key: &str, old: Option<&Value>, of: &[&str], whole: bool) -> Result<Event, Stop> {
        let events = self.candidates(of);
        if events.is_empty() {
            return Err(Stop::Nothing("cli-nothing-yet"));
        }
        self.list(&events);
        let name = |event: &Event| if whole { event.id } else { show::root(event) };
        let ids: Vec<EventId> = events.iter().map(name).collect();
        let chosen = self.one(key, old, false, |line| choose(&ids, line))?;
        let found = events
            .into_iter()
            .find(|event| json!(name(event)) == chosen)
            .ok_or(Stop::Nothing("cli-nothing-yet"))?;
        self.said = choices::said(&found);
        Ok(found)
    }

    fn maybe_entry(&mut self, key: &str, old: Option<&Value>, of: &[&str]) -> Result<Value, Stop> {
        let events = self.candidates(of);
        if events.is_empty() {
            return Ok(Value::Null);
        }
        self.list(&events);
        let ids: Vec<EventId> = events.iter().map(show::root).collect();
        self.one(key, old, true, |line| choose(&ids, line))
    }

    fn entries(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        let events = self.candidates(&["*"]);
        if events.is_empty() {
            return Ok(json!([]));
        }
        self.list(&events);
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let chosen = self.one(key, old, true, |line| {
            let parts = line.split([',', ' ']).filter(|part| !part.is_empty());
            let taken: Option<Vec<(Value, String)>> = parts.map(|part| choose(&ids, part)).collect();
            let (values, lines): (Vec<Value>, Vec<String>) = taken?.into_iter().unzip();
            Some((json!(values), lines.join(",")))
        })?;
        Ok(if chosen.is_null() { json!([]) } else { chosen })
    }

    /// One of the documents made by this event, or none for a new one.
    pub(super) fn document(&mut self, of: &str) -> Result<Option<Event>, Stop> {
        let events = self.candidates(&[of]);
        self.list(&events);
        let ids: Vec<EventId> = events.iter().map(show::root).collect();
        let chosen = self.one("cli-new-or-there", None, true, |line| choose(&ids, line))?;
        Ok(events.into_iter().find(|event| json!(show::root(event)) == chosen))
    }

    fn copy(&mut self, key: &str, of: &str, parts: &[(&str, &str)]) -> Result<Value, Stop> {
        let event = self.entry(key, None, &[of], false)?;
        self.copied = Some(show::root(&event));
        self.said = None;
        Ok(choices::copy(&event, parts))
    }

    fn feelings(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        for family in FEELING_FAMILIES {
            let list: Vec<String> = (family.first..family.first + family.len)
                .filter_map(|id| FeelingId(id).message_key())
                .map(|key| self.words.text(&key))
                .collect();
            anstream::println!(
                "  {}: {}",
                self.words.text(&format!("feelings-{}", family.slug)),
                list.join(", ")
            );
        }
        let named: Vec<(u16, String)> = (0..FEELINGS.len() as u16)
            .filter_map(|id| {
                FeelingId(id).message_key().map(|key| (id, self.words.text(&key).to_lowercase()))
            })
            .collect();
        let chosen = self.one(key, old, true, |line| {
            let parts =
                line.split(',').map(|part| part.trim().to_lowercase()).filter(|part| !part.is_empty());
            let find = |part: String| {
                let by_name = named.iter().find(|(_, name)| *name == part).map(|(id, _)| *id);
                by_name.or_else(|| part.parse().ok().filter(|id| usize::from(*id) < FEELINGS.len()))
            };
            let ids: Vec<u16> = parts.map(find).collect::<Option<_>>()?;
            let line = ids.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
            Some((json!(ids), line))
        })?;
        Ok(if chosen.is_null() { json!([]) } else { chosen })
    }

    /// A word of the list by its name; anything else is an own need.
    fn need(&mut self, key: &str, old: Option<&Value>) -> Result<Value, Stop> {
        for group in NEED_GROUPS {
            let list: Vec<String> = (group.first..group.first + group.len)
                .filter_map(|id| NeedId(id).message_key())
                .map(|key| self.words.text(&key))
                .collect();
            anstream::println!(
                "  {}: {}",
                self.words.text(&format!("needs-{}", group.slug)),
                list.join(", ")
            );
        }
        let named: Vec<(u16, String)> = (0..NEEDS.len() as u16)
            .filter_map(|id| NeedId(id).message_key().map(|key| (id, self.words.text(&key).to_lowercase())))
            .collect();
        self.one(key, old, false, |line| {
            let by_name = named.iter().find(|(_, name)| *name == line.to_lowercase());
            let value = by_name.map_or_else(|| json!({ "own": line }), |(id, _)| json!({ "word": id }));
            (!line.is_empty()).then(|| (value, line.to_owned()))
        })
    }

    /// The first statement that was not answered yet, or one by its number.
    fn statement(&mut self, key: &str, bank: Bank) -> Result<Value, Stop> {
        let all = choices::statements(bank);
        let next = choices::next_statement(self.vault.state(), bank);
        anstream::println!("{}", self.words.with("cli-next-statement", &[("number", next.into())]));
        let exists = |id: &u16| all.iter().any(|one| one.id.0 == *id);
        let chosen = self.one(key, Some(&json!(next)), false, |line| {
            line.parse().ok().filter(exists).map(|id: u16| (json!(id), id.to_string()))
        })?;
        let id = chosen.as_u64().and_then(|id| u16::try_from(id).ok()).unwrap_or(next);
        let text = self.words.text(&StatementId(id).message_key());
        anstream::println!("\n  \"{text}\"\n");
        self.said = Some(text);
        Ok(chosen)
    }

    /// Activities that are left in and not rated yet.
    fn activity(&mut self, key: &str) -> Result<Value, Stop> {
        for id in choices::activities(self.vault.state()) {
            anstream::println!("  {:>2}. {}", id.0, self.words.text(&id.message_key()));
        }
        self.one(key, None, false, |line| {
            let id: u16 = line.parse().ok().filter(|id| ActivityId(*id).get().is_some())?;
            Some((json!(id), id.to_string()))
        })
    }

    fn matching(&mut self, key: &str) -> Result<Value, Stop> {
        let ids: Vec<u16> = choices::matches(self.vault.state()).into_iter().map(|id| id.0).collect();
        for id in &ids {
            anstream::println!("  {id:>2}. {}", self.words.text(&ActivityId(*id).message_key()));
        }
        self.one(key, None, true, |line| {
            let id: u16 = line.parse().ok().filter(|id| ids.contains(id))?;
            Some((json!(id), id.to_string()))
        })
    }
}

/// One of the entries, by its number in the list or by its name.
fn choose(ids: &[EventId], line: &str) -> Taken {
    let by_number = line.parse::<usize>().ok().and_then(|number| ids.get(number.checked_sub(1)?).copied());
    let id = by_number.or_else(|| id_of(line).filter(|id| ids.contains(id)))?;
    let value = json!(id);
    let line = value.as_object().and_then(id_line)?;
    Some((value, line))
}
