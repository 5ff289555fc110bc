//! A mailbox at a relay that says anything: whatever it said, an honest one is understood afterwards.
#![no_main]

use amends_sync::{Access, Happened, Link, Place};
use amends_wire::{About, ClientFrame, Code, Era, MailboxId, Rid, Sealed, Seq, ServerFrame, Token};
use libfuzzer_sys::fuzz_target;

const MAILBOX: MailboxId = MailboxId([1; 32]);
const NOW: u64 = 1_790_000_000_000;

/// Small, or near the end of all numbers.
fn place(number: u16) -> u64 {
    match number {
        0..0x8000 => u64::from(number % 16),
        _ => u64::MAX - u64::from(u16::MAX - number),
    }
}

fn frame(kind: u8, name: u8, number: u16) -> ServerFrame {
    let rid = Rid([name % 4; 16]);
    let about = if number % 2 == 0 { About::Mailbox(MAILBOX) } else { About::Record(rid) };
    let code = Code::ALL[usize::from(name) % Code::ALL.len()];
    match kind % 5 {
        0 => ServerFrame::Rec { mailbox: MAILBOX, seq: Seq(place(number)), rid, bytes: Sealed(vec![name]) },
        1 => ServerFrame::UpToDate { mailbox: MAILBOX, seq: Seq(place(number)), era: Era(name.into()) },
        2 => ServerFrame::Ack { rid, seq: Seq(place(number)) },
        3 => ServerFrame::Done { about },
        _ => ServerFrame::Refused { about, code, wait: (number > 9).then_some(u32::from(number) << 16) },
    }
}

fn record(seq: u64) -> ServerFrame {
    ServerFrame::Rec { mailbox: MAILBOX, seq: Seq(seq), rid: Rid([200; 16]), bytes: Sealed(vec![1]) }
}

fn give(link: &mut Link, frame: ServerFrame, out: &mut Vec<ClientFrame>) {
    for happened in link.frame(NOW, frame, out) {
        if let Happened::Record { seq, .. } = happened {
            link.stored(seq);
        }
    }
}

fuzz_target!(|steps: Vec<(u8, u8, u16)>| {
    let access = Access { mailbox: MAILBOX, read: Token([2; 32]), append: Token([3; 32]) };
    let mut link = Link::new(access, Place::new(None));
    link.connected(&mut Vec::new());
    for (kind, name, number) in steps {
        let mut out = Vec::new();
        match kind {
            250.. if link.may_publish(NOW) => link.publish(Rid([name % 4; 16]), vec![name], &mut out),
            240..250 => link.connected(&mut out),
            230..240 => link.ask(&mut out),
            220..230 => link.held(place(number).max(1)),
            _ => give(&mut link, frame(kind, name, number), &mut out),
        }
        assert!(out.len() <= 2, "one answer does not make many questions");
    }
    let mut out = Vec::new();
    link.connected(&mut out);
    for _ in 0..8 {
        let asked = out.iter().rev().find_map(|frame| match frame {
            ClientFrame::Sub { after, .. } => Some(after.0),
            _ => None,
        });
        let Some(after) = asked else { break };
        out.clear();
        (after.saturating_add(1)..=5).for_each(|seq| give(&mut link, record(seq), &mut out));
        let up_to_date = ServerFrame::UpToDate { mailbox: MAILBOX, seq: Seq(5), era: Era(9_999) };
        give(&mut link, up_to_date, &mut out);
    }
    assert!(link.is_live() && link.place().cursor().0 == 5);
});
