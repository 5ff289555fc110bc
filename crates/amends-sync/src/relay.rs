//! A relay in memory: the same frames, the same rules, no network.
//!
//! Two vaults on one device hand their events over through it, sealed as everywhere, and tests drive devices with it. It
//! sees what any relay sees: names of mailboxes, sealed bytes, places.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use amends_wire::{
    About, BlobId, ClientFrame, Code, Era, Limits, MAX_BLOB_PART, MAX_RECORD, MAX_SHARE, MailboxId, Rid,
    Sealed, Seq, ServerFrame, ShareId, Token, TokenHash, UnixSeconds,
};
use minicbor::{Decode, Encode};

/// What this relay allows: everything at once, because it is on the own device.
const LIMITS: Limits = Limits {
    record: MAX_RECORD as u32,
    burst: u32::MAX,
    per_minute: u32::MAX,
    blobs: 1 << 30,
    records: 1 << 30,
    keep_days: u32::MAX,
    keep_done_days: u32::MAX,
    subscriptions: 64,
    open: true,
};

/// One who is connected to the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Connection(u64);

/// A relay in memory.
#[derive(Debug, Default)]
pub struct LocalRelay {
    kept: Kept,
    open: BTreeMap<Connection, Listener>,
    n_connections: u64,
}

#[derive(Debug, Default)]
struct Listener {
    hears: BTreeSet<MailboxId>,
    out: VecDeque<Vec<u8>>,
}

/// Everything that outlives a restart.
#[derive(Debug, Default, Encode, Decode)]
#[cbor(map)]
struct Kept {
    #[n(0)]
    version: u8,
    #[n(1)]
    life: u64,
    #[n(2)]
    mailboxes: BTreeMap<MailboxId, Mailbox>,
    #[n(3)]
    shares: BTreeMap<ShareId, Share>,
}

#[derive(Debug, Encode, Decode)]
#[cbor(map)]
struct Mailbox {
    #[n(0)]
    read: TokenHash,
    #[n(1)]
    append: TokenHash,
    #[n(2)]
    last: u64,
    #[n(3)]
    records: BTreeMap<u64, Record>,
    #[n(4)]
    places: BTreeMap<Rid, u64>,
    #[n(5)]
    blobs: BTreeMap<Part, Sealed>,
}

#[derive(Debug, Clone, Encode, Decode)]
struct Record {
    #[n(0)]
    rid: Rid,
    #[n(1)]
    bytes: Sealed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
struct Part {
    #[n(0)]
    blob: BlobId,
    #[n(1)]
    part: u32,
}

#[derive(Debug, Clone, Encode, Decode)]
struct Share {
    #[n(0)]
    withdraw: TokenHash,
    #[n(1)]
    release_at: u64,
    #[n(2)]
    bytes: Sealed,
}

/// These bytes are not those of a relay of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are not the bytes of a relay of this version")]
pub struct NotARelay;

const KEPT_VERSION: u8 = 1;

/// What is asked, or why not.
type Answer = Result<ServerFrame, Code>;

impl LocalRelay {
    /// An empty relay. `life` is a number that no relay before it in its place had, a random one for example: clients
    /// see by it that what they left is gone.
    pub fn new(life: u64) -> Self {
        let kept = Kept { version: KEPT_VERSION, life, ..Kept::default() };
        Self { kept, ..Self::default() }
    }

    /// Everything it keeps, as bytes. They are sealed but for the names of mailboxes.
    pub fn export(&self) -> Vec<u8> {
        minicbor::to_vec(&self.kept).expect("writing to memory cannot fail")
    }

    /// A relay of what [`Self::export`] gave.
    ///
    /// # Errors
    /// [`NotARelay`] if the bytes are others, or of another version.
    pub fn import(bytes: &[u8]) -> Result<Self, NotARelay> {
        let kept: Kept = minicbor::decode(bytes).map_err(|_| NotARelay)?;
        if kept.version != KEPT_VERSION {
            return Err(NotARelay);
        }
        Ok(Self { kept, ..Self::default() })
    }

    /// Somebody connects; what goes to them waits in [`Self::take_frames`].
    pub fn connect(&mut self) -> Connection {
        self.n_connections += 1;
        let connection = Connection(self.n_connections);
        self.open.insert(connection, Listener::default());
        connection
    }

    /// Somebody goes; frames that were not fetched are gone.
    pub fn disconnect(&mut self, connection: Connection) {
        self.open.remove(&connection);
    }

    /// Takes one frame of a client. Answers wait in [`Self::take_frames`].
    pub fn frame(&mut self, connection: Connection, now: UnixSeconds, bytes: &[u8]) {
        if !self.open.contains_key(&connection) {
            return;
        }
        let frame = match ClientFrame::from_bytes(bytes) {
            Ok(frame) => frame,
            Err(_) => return self.refuse(connection, About::Frame, Code::BadFrame),
        };
        let about = frame.about();
        match frame {
            ClientFrame::Sub { mailbox, read, after } => self.subscribe(connection, mailbox, &read, after),
            ClientFrame::Unsub { mailbox } => {
                self.open.entry(connection).or_default().hears.remove(&mailbox);
            }
            ClientFrame::Pub { mailbox, append, rid, bytes } => {
                self.publish(connection, mailbox, &append, rid, bytes);
            }
            other => match self.answer(now, other, about) {
                Ok(answer) => self.send(connection, &answer),
                Err(code) => self.refuse(connection, about, code),
            },
        }
    }

    /// Frames for a client, in order.
    pub fn take_frames(&mut self, connection: Connection) -> Vec<Vec<u8>> {
        self.open.get_mut(&connection).map(|listener| listener.out.drain(..).collect()).unwrap_or_default()
    }

    /// Sealed bytes of all records of all mailboxes: what a relay can look at.
    pub fn sealed_bytes(&self) -> impl Iterator<Item = &[u8]> {
        let mailboxes = self.kept.mailboxes.values();
        mailboxes.flat_map(|mailbox| mailbox.records.values().map(|record| record.bytes.0.as_slice()))
    }

    /// What lies here to be given out on a day: name, day in seconds since 1970, bytes.
    pub fn shares(&self) -> impl Iterator<Item = (ShareId, UnixSeconds, &[u8])> {
        let shares = self.kept.shares.iter();
        shares.map(|(id, share)| (*id, UnixSeconds(share.release_at), share.bytes.0.as_slice()))
    }

    /// Loses what lies under this name, as a relay with a bad disk does.
    pub fn lose_share(&mut self, share: ShareId) {
        self.kept.shares.remove(&share);
    }

    /// Number of records in each mailbox.
    pub fn sizes(&self) -> Vec<usize> {
        self.kept.mailboxes.values().map(|mailbox| mailbox.records.len()).collect()
    }

    fn answer(&mut self, now: UnixSeconds, frame: ClientFrame, about: About) -> Answer {
        let done = Ok(ServerFrame::Done { about });
        match frame {
            ClientFrame::Hello { version: 0 } => Err(Code::NewerVersion),
            ClientFrame::Hello { .. } => {
                Ok(ServerFrame::Welcome { version: 1, limits: LIMITS, push_key: None })
            }
            ClientFrame::Create { mailbox, read_hash, append_hash, .. } => {
                let found = self
                    .kept
                    .mailboxes
                    .entry(mailbox)
                    .or_insert_with(|| Mailbox::new(read_hash, append_hash));
                let same = found.read == read_hash && found.append == append_hash;
                if same { done } else { Err(Code::WrongToken) }
            }
            ClientFrame::Done { mailbox, read, .. } => self.readable(mailbox, &read).and(done),
            ClientFrame::Drop { mailbox, append, up_to } => {
                let mailbox = self.appendable(mailbox, &append)?;
                mailbox.records = mailbox.records.split_off(&up_to.next().0);
                done
            }
            ClientFrame::SharePut { mailbox, append, share, withdraw_hash, release_at, bytes } => {
                self.appendable(mailbox, &append)?;
                if bytes.len() > MAX_SHARE {
                    return Err(Code::TooLarge);
                }
                let share_kept = Share { withdraw: withdraw_hash, release_at: release_at.0, bytes };
                let known = self.kept.shares.entry(share).or_insert_with(|| share_kept.clone());
                if known.withdraw != withdraw_hash {
                    return Err(Code::WrongToken);
                }
                *known = share_kept;
                done
            }
            ClientFrame::ShareGet { share } => match self.kept.shares.get(&share) {
                None => Err(Code::UnknownItem),
                Some(kept) if kept.release_at > now.0 => Err(Code::NotYet),
                Some(kept) => Ok(ServerFrame::Share { share, bytes: kept.bytes.clone() }),
            },
            ClientFrame::ShareWithdraw { share, token } => match self.kept.shares.get(&share) {
                Some(kept) if !kept.withdraw.is_of(&token) => Err(Code::WrongToken),
                _ => {
                    self.kept.shares.remove(&share);
                    done
                }
            },
            ClientFrame::BlobPut { mailbox, append, blob, part, bytes } => {
                let mailbox = self.appendable(mailbox, &append)?;
                if bytes.len() > MAX_BLOB_PART {
                    return Err(Code::TooLarge);
                }
                mailbox.blobs.insert(Part { blob, part }, bytes);
                done
            }
            ClientFrame::BlobGet { mailbox, read, blob, part } => {
                let found = self.readable(mailbox, &read)?.blobs.get(&Part { blob, part });
                let bytes = found.ok_or(Code::UnknownItem)?.clone();
                Ok(ServerFrame::Blob { blob, part, bytes })
            }
            ClientFrame::BlobDelete { mailbox, append, blob } => {
                self.appendable(mailbox, &append)?.blobs.retain(|part, _| part.blob != blob);
                done
            }
            ClientFrame::Ping => Ok(ServerFrame::Pong),
            // The others come elsewhere; and who is on this very device need not be woken.
            _ => Err(Code::BadFrame),
        }
    }

    fn subscribe(&mut self, connection: Connection, id: MailboxId, read: &Token, after: Seq) {
        let life = self.kept.life;
        let mailbox = match self.readable(id, read) {
            Ok(mailbox) => mailbox,
            Err(code) => return self.refuse(connection, About::Mailbox(id), code),
        };
        let mut answers: Vec<ServerFrame> =
            mailbox.records.range(after.next().0..).map(|(seq, record)| record.frame(id, *seq)).collect();
        answers.push(ServerFrame::UpToDate { mailbox: id, seq: Seq(mailbox.last), era: Era(life) });
        self.open.entry(connection).or_default().hears.insert(id);
        for answer in answers {
            self.send(connection, &answer);
        }
    }

    fn publish(&mut self, connection: Connection, id: MailboxId, append: &Token, rid: Rid, bytes: Sealed) {
        let mailbox = match self.appendable(id, append) {
            Ok(mailbox) => mailbox,
            Err(code) => return self.refuse(connection, About::Record(rid), code),
        };
        if bytes.len() > MAX_RECORD {
            return self.refuse(connection, About::Record(rid), Code::TooLarge);
        }
        let (seq, record) = mailbox.append(rid, bytes);
        if let Some(record) = record {
            let frame = record.frame(id, seq).to_bytes();
            let others = self.open.iter_mut().filter(|(other, _)| **other != connection);
            for (_, listener) in others.filter(|(_, listener)| listener.hears.contains(&id)) {
                listener.out.push_back(frame.clone());
            }
        }
        self.send(connection, &ServerFrame::Ack { rid, seq: Seq(seq) });
    }

    fn readable(&self, id: MailboxId, read: &Token) -> Result<&Mailbox, Code> {
        let mailbox = self.kept.mailboxes.get(&id).ok_or(Code::UnknownMailbox)?;
        if mailbox.read.is_of(read) { Ok(mailbox) } else { Err(Code::WrongToken) }
    }

    fn appendable(&mut self, id: MailboxId, append: &Token) -> Result<&mut Mailbox, Code> {
        let mailbox = self.kept.mailboxes.get_mut(&id).ok_or(Code::UnknownMailbox)?;
        if mailbox.append.is_of(append) { Ok(mailbox) } else { Err(Code::WrongToken) }
    }

    fn send(&mut self, connection: Connection, frame: &ServerFrame) {
        if let Some(listener) = self.open.get_mut(&connection) {
            listener.out.push_back(frame.to_bytes());
        }
    }

    fn refuse(&mut self, connection: Connection, about: About, code: Code) {
        self.send(connection, &ServerFrame::Refused { about, code, wait: None });
    }
}

impl Mailbox {
    fn new(read: TokenHash, append: TokenHash) -> Self {
        let (records, places, blobs) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { read, append, last: 0, records, places, blobs }
    }

    /// The place of a record, and the record if it is new.
    fn append(&mut self, rid: Rid, bytes: Sealed) -> (u64, Option<Record>) {
        if let Some(seq) = self.places.get(&rid) {
            return (*seq, None);
        }
        self.last += 1;
        let record = Record { rid, bytes };
        self.places.insert(rid, self.last);
        self.records.insert(self.last, record.clone());
        (self.last, Some(record))
    }
}

impl Record {
    fn frame(&self, mailbox: MailboxId, seq: u64) -> ServerFrame {
        ServerFrame::Rec { mailbox, seq: Seq(seq), rid: self.rid, bytes: self.bytes.clone() }
    }
}
