//! Plots of one's own numbers: raw points and a band, drawn as SVG, with the same in a table. No line is drawn
//! through the points, nothing is smoothed, and everything a shape says is said in words too.

use amends_domain::id::Day;
use amends_tools::parts;
use maud::{Markup, html};

use super::Look;

const WIDTH: i32 = 480;
const HEIGHT: i32 = 220;
const LEFT: i32 = 40;
const RIGHT: i32 = 24;
const TOP: i32 = 20;
const BOTTOM: i32 = 40;

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dot {
    pub(crate) day: Day,
    /// In tenths, so that a ratio can be drawn.
    pub(crate) tenths: u32,
    /// The value in words.
    pub(crate) label: String,
}

/// What is drawn.
#[derive(Debug)]
pub(crate) struct Plot<'p> {
    /// Unique on the page.
    pub(crate) id: &'p str,
    pub(crate) title: String,
    /// The same in a sentence.
    pub(crate) summary: String,
    pub(crate) dots: &'p [Dot],
    /// Highest value on the scale, in tenths.
    pub(crate) most: u32,
    /// Lowest and highest of the band in tenths, with its name.
    pub(crate) band: Option<(u32, u32, String)>,
    /// Head of the column of values.
    pub(crate) column: String,
}

impl Plot<'_> {
    fn x(&self, day: Day) -> i32 {
        let (Some(first), Some(last)) = (self.dots.first(), self.dots.last()) else { return LEFT };
        let span = (i64::from(last.day.0) - i64::from(first.day.0)).max(1);
        let along = i64::from(day.0) - i64::from(first.day.0);
        let room = i64::from(WIDTH - LEFT - RIGHT - 20);
        LEFT + 10 + i32::try_from(room * along / span).unwrap_or(0)
    }

    fn y(&self, tenths: u32) -> i32 {
        let most = i64::from(self.most.max(1));
        let up = i64::from(tenths.min(self.most)) * i64::from(HEIGHT - TOP - BOTTOM) / most;
        HEIGHT - BOTTOM - i32::try_from(up).unwrap_or(0)
    }
}

/// The picture, its sentence and its table.
pub(crate) fn plot(look: &Look<'_>, plot: &Plot<'_>) -> Markup {
    html! {
        div class="chart" {
            figure { (picture(look, plot)) figcaption { (plot.summary) } }
            (table(look, plot))
        }
    }
}

fn picture(look: &Look<'_>, plot: &Plot<'_>) -> Markup {
    let (title, desc, stripes) =
        (format!("{}-title", plot.id), format!("{}-desc", plot.id), format!("{}-band", plot.id));
    let ticks = [0, plot.most / 2, plot.most];
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-labelledby=(format!("{title} {desc}")) {
            title id=(title) { (plot.title) }
            desc id=(desc) { (plot.summary) }
            defs {
                pattern id=(stripes) width="8" height="8" patternUnits="userSpaceOnUse" {
                    path class="stripe" d="M0 8 L8 0" {}
                }
            }
            @if let Some((low, high, name)) = &plot.band {
                @let (top, bottom) = (plot.y(*high) - 4, plot.y(*low) + 4);
                rect class="band" x=(LEFT) y=(top) width=(WIDTH - LEFT - RIGHT) height=(bottom - top)
                    fill=(format!("url(#{stripes})")) {}
                text class="band-name" x=(WIDTH - RIGHT - 4) y=(top - 4) text-anchor="end" { (name) }
            }
            @for tick in ticks {
                line class="grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(plot.y(tick)) y2=(plot.y(tick)) {}
                text class="tick" x=(LEFT - 8) y=(plot.y(tick) + 4) text-anchor="end" { (whole(tick)) }
            }
            @for dot in plot.dots {
                circle class="dot" cx=(plot.x(dot.day)) cy=(plot.y(dot.tenths)) r="5" {}
            }
            @for (dot, anchor) in [(plot.dots.first(), "start"), (plot.dots.last().filter(|_| plot.dots.len() > 1), "end")] {
                @if let Some(dot) = dot {
                    text class="tick" x=(plot.x(dot.day)) y=(HEIGHT - 14) text-anchor=(anchor) { (short(look, plot, dot.day)) }
                }
            }
        }
    }
}

/// A day beside others of the same picture: without its year, if that is the same for all. On a phone there is no room.
fn short(look: &Look<'_>, plot: &Plot<'_>, day: Day) -> String {
    let years = |dot: Option<&Dot>| dot.map(|dot| dot.day.ymd().0);
    if years(plot.dots.first()) == years(plot.dots.last()) {
        parts::day_of_year(look.frame.core.messages(), day)
    } else {
        look.date(day)
    }
}

fn whole(tenths: u32) -> String {
    if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn table(look: &Look<'_>, plot: &Plot<'_>) -> Markup {
    html! {
        table class="plain" {
            caption class="unseen" { (plot.title) }
            thead { tr { th scope="col" { (look.text("look-day")) } th scope="col" { (plot.column) } } }
            tbody {
                @for dot in plot.dots { tr { th scope="row" { (look.dated(dot.day)) } td { (dot.label) } } }
            }
        }
    }
}

/// A row of a plot of spans.
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) name: String,
    /// What became of it: words at the end of the bar.
    pub(crate) end: String,
    /// Drawn as an outline: not ended yet.
    pub(crate) open: bool,
}

/// Height of a row of spans: its name, also in the large letters of a narrow screen, and its bar.
const ROW: i32 = 54;

/// Letters that fit above a span.
const LONGEST_ROW: usize = 56;

/// Spans of time under one another, each with its words. The table beside it is the caller's.
pub(crate) fn spans(look: &Look<'_>, id: &str, title: &str, from: Day, to: Day, rows: &[Span]) -> Markup {
    let days = i64::from(to.0 - from.0).max(1);
    let x = |day: Day| {
        let along = i64::from((day.0).clamp(from.0, to.0) - from.0);
        10 + i32::try_from(i64::from(WIDTH - 20) * along / days).unwrap_or(0)
    };
    let height = ROW * i32::try_from(rows.len()).unwrap_or(0) + 30;
    let (head, desc) = (format!("{id}-title"), format!("{id}-desc"));
    let said: Vec<String> = rows.iter().map(|row| format!("{}: {}", row.name, row.end)).collect();
    html! {
        figure class="chart-wide" {
            svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-labelledby=(format!("{head} {desc}")) {
                title id=(head) { (title) }
                desc id=(desc) { (said.join(". ")) }
                @for (place, row) in (0_i32..).zip(rows) {
                    @let top = ROW * place;
                    @let (start, end) = (x(row.from), x(row.to).max(x(row.from) + 8));
                    text class="span-name" x="10" y=(top + 26) {
                        (row.name)
                        @if row.name.chars().count() + row.end.chars().count() < LONGEST_ROW {
                            tspan class="span-end" { " · " (row.end) }
                        }
                    }
                    rect class=(if row.open { "span open" } else { "span" }) x=(start) y=(top + 33) width=(end - start)
                        height="12" rx="3" {}
                }
                text class="tick" x="10" y=(height - 6) { (look.date(from)) }
                text class="tick" x=(WIDTH - 10) y=(height - 6) text-anchor="end" { (look.date(to)) }
            }
        }
    }
}
