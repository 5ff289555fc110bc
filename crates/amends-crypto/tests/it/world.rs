//! Two people with devices, for tests: Ana and Ben, each with a list and a space of their own, and the space they share.

use amends_crypto::{
    Control, CryptoRng, Cut, DeviceList, Grant, GrantApplied, ListRecord, Members, OpenWireError,
    OpenedEntry, Opener, PersonId, Signer, SpaceKeys, SpaceRoot, WireContent,
};

pub(crate) use amends_vectors::golden::people::{
    DAY, Device, NOW, REQUEST, all_cuts, chains, recovery, rotate,
};

/// One person with one device.
pub(crate) struct Person {
    pub(crate) id: PersonId,
    pub(crate) list: DeviceList,
    pub(crate) own_root: SpaceRoot,
    pub(crate) device: Device,
}

pub(crate) struct World {
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) pair_root: SpaceRoot,
}

impl Person {
    fn new(number: u8, pair: &SpaceRoot, rng: &mut impl CryptoRng) -> Self {
        let own_root = SpaceRoot::make(rng);
        let device = Device::new(number, &own_root, pair, rng);
        let id = PersonId([number; 16]);
        let words = (number == 1).then(|| recovery().public());
        let (list, _) = DeviceList::begin(id, &device.keys, words, NOW);
        Self { id, list, own_root, device }
    }

    pub(crate) fn add(&mut self, device: &Device) -> ListRecord {
        let agreed = device.keys.accept([3; 16]);
        self.list.add(agreed, Signer::Device(&self.device.keys), NOW).unwrap()
    }

    /// A new epoch among the own devices.
    pub(crate) fn rotate_own(&mut self, rng: &mut impl CryptoRng) -> Grant {
        let members = Members::new(&[&self.list]).unwrap();
        rotate(&mut self.device.own, &members, &self.device.keys, vec![], rng)
    }
}

impl World {
    /// Both are paired, and every space has its first epoch.
    pub(crate) fn new(rng: &mut impl CryptoRng) -> Self {
        let pair_root = SpaceRoot::make(rng);
        let ana = Person::new(1, &pair_root, rng);
        let ben = Person::new(2, &pair_root, rng);
        let mut world = Self { ana, ben, pair_root };
        world.ana.rotate_own(rng);
        world.ben.rotate_own(rng);
        let grant = world.rotate(rng);
        assert_eq!(world.ben_takes(&grant), GrantApplied::Opened);
        world
    }

    /// Ana begins a new epoch of the pair; nothing that she has not seen counts before it.
    pub(crate) fn rotate(&mut self, rng: &mut impl CryptoRng) -> Grant {
        self.rotate_after(vec![], rng)
    }

    pub(crate) fn rotate_after(&mut self, cuts: Vec<Cut>, rng: &mut impl CryptoRng) -> Grant {
        let members = Members::new(&[&self.ana.list, &self.ben.list]).unwrap();
        rotate(&mut self.ana.device.pair, &members, &self.ana.device.keys, cuts, rng)
    }

    pub(crate) fn ben_takes(&mut self, grant: &Grant) -> GrantApplied {
        let members = Members::new(&[&self.ana.list, &self.ben.list]).unwrap();
        self.ben.device.pair.apply(grant, &members, Opener::Device(&self.ben.device.keys)).unwrap()
    }

    /// A further device of Ana: in her list, with the secrets of both spaces.
    pub(crate) fn link_device(&mut self, number: u8, rng: &mut impl CryptoRng) -> Device {
        let mut device = Device::new(number, &self.ana.own_root, &self.pair_root, rng);
        self.ana.add(&device);
        let own = self.ana.rotate_own(rng);
        let pair = self.rotate_after(all_cuts(), rng);
        self.ben_takes(&pair);
        self.take(&mut device, &own, &pair);
        device
    }

    /// A device of Ana takes a grant of each space.
    pub(crate) fn take(&self, device: &mut Device, own: &Grant, pair: &Grant) {
        let own_members = Members::new(&[&self.ana.list]).unwrap();
        let members = Members::new(&[&self.ana.list, &self.ben.list]).unwrap();
        device.own.apply(own, &own_members, Opener::Device(&device.keys)).unwrap();
        device.pair.apply(pair, &members, Opener::Device(&device.keys)).unwrap();
    }

    pub(crate) fn with_keys<T>(
        &self,
        person: &Person,
        device: &Device,
        act: impl FnOnce(&SpaceKeys<'_>) -> T,
    ) -> T {
        let members = Members::new(&[&self.ana.list, &self.ben.list]).unwrap();
        act(&SpaceKeys {
            root: &self.pair_root,
            book: &device.pair,
            own: &device.own,
            members: &members,
            me: person.id,
        })
    }

    pub(crate) fn seal_as_ana(&self, entry: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        self.with_keys(&self.ana, &self.ana.device, |keys| keys.seal_entry(entry, REQUEST, rng)).unwrap()
    }

    pub(crate) fn open_as_ana(&self, record: &[u8]) -> Result<OpenedEntry, OpenWireError> {
        self.with_keys(&self.ana, &self.ana.device, |keys| entry(keys.open(record, REQUEST)))
    }

    pub(crate) fn open_as_ben(&self, record: &[u8]) -> Result<OpenedEntry, OpenWireError> {
        self.with_keys(&self.ben, &self.ben.device, |keys| entry(keys.open(record, REQUEST)))
    }

    pub(crate) fn seal_control(&self, control: Control<'_>, rng: &mut impl CryptoRng) -> Vec<u8> {
        self.pair_root.seal_control(control, REQUEST, rng).unwrap()
    }
}

pub(crate) fn entry(content: Result<WireContent, OpenWireError>) -> Result<OpenedEntry, OpenWireError> {
    content.map(|content| match content {
        WireContent::Entry(entry) => entry,
        other => panic!("an entry was expected, this is {other:?}"),
    })
}
