//! Things to do together that are not about the betrayal. Ids are for ever: add at the end only.
//! Texts are in `bank-activities.ftl`.

use super::ActivityId;
use crate::prove::activities::Place;

/// One activity with what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Activity {
    /// For ever.
    pub id: ActivityId,
    /// How new it is to most people: 1 usual, 2 a little new, 3 new (E21).
    pub novelty: u8,
    /// Money: 0 none, 1 little, 2 some, 3 much.
    pub cost: u8,
    /// Effort: 1 low, 2 middle, 3 high.
    pub energy: u8,
    /// Possible with children.
    pub children: bool,
    /// Where it happens.
    pub place: Place,
}

/// All activities.
pub const ACTIVITIES: &[Activity] = &[
    row(1, 2, 1, 2, true, Place::Home),
    row(2, 1, 0, 1, true, Place::Outdoors),
    row(3, 2, 0, 2, true, Place::Town),
    row(4, 2, 0, 1, true, Place::Home),
    row(5, 1, 0, 1, true, Place::Home),
    row(6, 1, 0, 1, true, Place::Home),
    row(7, 2, 1, 1, true, Place::Home),
    row(8, 2, 0, 2, true, Place::Home),
    row(9, 2, 2, 2, true, Place::Town),
    row(10, 2, 0, 1, true, Place::Town),
    row(11, 1, 1, 3, true, Place::Water),
    row(12, 3, 2, 3, true, Place::Water),
    row(13, 1, 0, 1, true, Place::Water),
    row(14, 2, 0, 2, true, Place::Outdoors),
    row(15, 2, 0, 1, true, Place::Outdoors),
    row(16, 2, 1, 2, true, Place::Outdoors),
    row(17, 2, 1, 2, true, Place::Outdoors),
    row(18, 2, 0, 2, true, Place::Outdoors),
    row(19, 3, 1, 2, true, Place::Town),
    row(20, 2, 2, 3, true, Place::Outdoors),
    row(21, 2, 0, 1, true, Place::Home),
    row(22, 2, 0, 1, true, Place::Screen),
    row(23, 3, 2, 3, false, Place::Town),
    row(24, 1, 0, 2, true, Place::Home),
    row(25, 1, 0, 1, true, Place::Home),
    row(26, 2, 0, 1, true, Place::Screen),
    row(27, 2, 0, 1, false, Place::Screen),
    row(28, 1, 0, 1, true, Place::Screen),
    row(29, 2, 0, 1, true, Place::Screen),
    row(30, 1, 0, 1, false, Place::Home),
    row(31, 3, 0, 1, true, Place::Home),
    row(32, 2, 1, 1, true, Place::Home),
    row(33, 3, 2, 2, true, Place::Town),
    row(34, 3, 1, 2, true, Place::Home),
    row(35, 2, 1, 2, true, Place::Home),
    row(36, 2, 0, 1, true, Place::Home),
    row(37, 2, 0, 3, true, Place::Home),
    row(38, 2, 1, 3, false, Place::Home),
    row(39, 1, 0, 1, true, Place::Home),
    row(40, 1, 0, 2, true, Place::Home),
    row(41, 2, 1, 2, true, Place::Crowd),
    row(42, 2, 1, 1, true, Place::Home),
    row(43, 2, 1, 2, true, Place::Home),
    row(44, 3, 0, 2, true, Place::Town),
    row(45, 1, 0, 2, true, Place::Outdoors),
    row(46, 1, 0, 1, true, Place::Water),
    row(47, 1, 2, 2, true, Place::Crowd),
    row(48, 2, 2, 2, false, Place::Crowd),
    row(49, 1, 0, 1, true, Place::Home),
    row(50, 2, 2, 1, false, Place::Crowd),
    row(51, 2, 1, 2, true, Place::Crowd),
    row(52, 1, 0, 3, true, Place::Home),
    row(53, 1, 0, 3, true, Place::Outdoors),
    row(54, 3, 2, 3, true, Place::Town),
    row(55, 3, 1, 3, true, Place::Crowd),
    row(56, 2, 2, 2, true, Place::Crowd),
    row(57, 2, 1, 2, true, Place::Town),
    row(58, 1, 0, 2, true, Place::Home),
    row(59, 2, 0, 1, true, Place::Home),
    row(60, 2, 2, 1, false, Place::Water),
    row(61, 2, 0, 1, true, Place::Home),
    row(62, 3, 1, 3, true, Place::Overnight),
    row(63, 3, 2, 2, true, Place::Overnight),
    row(64, 3, 2, 2, true, Place::Town),
    row(65, 2, 1, 2, true, Place::Crowd),
    row(66, 1, 1, 1, true, Place::Town),
    row(67, 2, 0, 1, true, Place::Town),
    row(68, 3, 0, 2, true, Place::Outdoors),
    row(69, 2, 0, 2, true, Place::Town),
    row(70, 1, 0, 1, true, Place::Home),
    row(71, 1, 1, 1, true, Place::Home),
    row(72, 2, 2, 2, true, Place::Home),
    row(73, 2, 1, 1, false, Place::Bar),
    row(74, 1, 1, 1, true, Place::Town),
    row(75, 1, 2, 1, false, Place::Bar),
    row(76, 2, 2, 1, true, Place::Town),
    row(77, 2, 1, 2, true, Place::Home),
    row(78, 2, 1, 2, true, Place::Home),
    row(79, 2, 1, 2, true, Place::Outdoors),
    row(80, 2, 0, 1, true, Place::Home),
    row(81, 2, 0, 1, true, Place::Home),
    row(82, 2, 0, 2, true, Place::Home),
    row(83, 3, 0, 1, true, Place::Home),
    row(84, 2, 0, 1, true, Place::Home),
    row(85, 3, 0, 2, true, Place::Town),
    row(86, 2, 0, 3, true, Place::Outdoors),
    row(87, 2, 0, 1, true, Place::Outdoors),
    row(88, 2, 0, 1, true, Place::Town),
];

const fn row(id: u16, novelty: u8, cost: u8, energy: u8, children: bool, place: Place) -> Activity {
    Activity { id: ActivityId(id), novelty, cost, energy, children, place }
}
