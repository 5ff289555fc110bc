//! Own answers drawn as points with the band of the last eight; one chart shared for one period, or none.

use amends_domain::id::Day;
use amends_domain::permit::Action;
use amends_domain::prove::patience::{Chart, Event, Item, LEAST_POINTS, MONTHLY, Point, WEEKLY};
use maud::{Markup, html};

use super::super::Look;
use super::super::chart::{Dot, Plot, plot};
use super::super::kit::hidden;
use super::super::write::{Did, Next, Wrong, by_name, slug, value, write};
use super::PATH;
use crate::area::Turn;

/// All sentences that can be answered.
fn items() -> impl Iterator<Item = Item> {
    WEEKLY.into_iter().chain(MONTHLY)
}

/// The own charts, each with the form to share it.
pub(super) fn own(look: &Look<'_>) -> Markup {
    let step = &look.world().patience;
    let any = items().any(|item| !all_points(look, item).is_empty());
    html! {
        @if any {
            h2 { (look.text("look-own-charts")) }
            (look.quiet("look-ups-and-downs"))
            @for item in items() {
                @match step.chart(item) {
                    Some(chart) => {
                        (draw(look, &format!("own-{}", slug(item)), &chart))
                        (share_form(look, item, &chart.points))
                    }
                    None if !all_points(look, item).is_empty() => {
                        h3 { (look.text(item.message_key())) }
                        p class="quiet" { (look.with("look-few-points", &[("least", LEAST_POINTS.into())])) }
                    }
                    None => {}
                }
            }
        }
    }
}

fn all_points(look: &Look<'_>, item: Item) -> Vec<Point> {
    look.world().patience.points(item, Day(i32::MIN), Day(i32::MAX))
}

/// One chart: picture, sentence and table.
fn draw(look: &Look<'_>, id: &str, chart: &Chart) -> Markup {
    let dots: Vec<Dot> = chart
        .points
        .iter()
        .map(|point| Dot {
            day: point.day,
            tenths: u32::from(point.value) * 10,
            label: point.value.to_string(),
        })
        .collect();
    let (low, high) = chart.band;
    let summary = look.with(
        "look-chart-summary",
        &[("count", chart.points.len().into()), ("low", low.into()), ("high", high.into())],
    );
    html! {
        h3 { (look.text(chart.item.message_key())) }
        (plot(look, &Plot {
            id,
            title: look.text(chart.item.message_key()),
            summary,
            dots: &dots,
            most: 100,
            band: Some((u32::from(low) * 10, u32::from(high) * 10, look.text("look-band"))),
            column: look.text("look-answer"),
        }))
    }
}

fn share_form(look: &Look<'_>, item: Item, points: &[Point]) -> Markup {
    let (Some(first), Some(last), Some(_)) = (points.first(), points.last(), look.world().partner) else {
        return html! {};
    };
    html! {
        details class="no-print" {
            summary { (look.text("look-share-chart")) }
            p { (look.text("look-share-chart-help")) }
            (look.form("share", &html! {
                (hidden("item", &value(item)))
                (look.day_field(&format!("from-{}", value(item)), "look-from", Some(first.day)))
                (look.day_field(&format!("to-{}", value(item)), "look-until", Some(last.day)))
                (look.button("look-share-chart"))
            }))
        }
    }
}

/// Charts that one of the two shows now.
pub(super) fn shared(look: &Look<'_>) -> Markup {
    let charts: Vec<_> = look.world().patience.charts().collect();
    html! {
        @if !charts.is_empty() {
            h2 { (look.text("look-shared-charts")) }
            @for (place, (id, shared)) in charts.into_iter().enumerate() {
                section class="card" {
                    p class="quiet" { (look.who(shared.author)) " · " (look.dated(shared.from)) " – " (look.dated(shared.to)) }
                    @match Chart::new(shared.item, shared.points.clone()) {
                        Some(chart) => (draw(look, &format!("shared-{place}"), &chart)),
                        None => {
                            h3 { (look.text(shared.item.message_key())) }
                            ul { @for point in &shared.points { li { (look.dated(point.day)) ": " (point.value) } } }
                        }
                    }
                    @if shared.author == look.me() { (look.one_button("stop", id, "look-stop-chart")) }
                }
            }
        }
    }
}

pub(super) fn act(turn: &mut Turn<'_>) -> Did {
    match turn.wish() {
        "share" => {
            let item: Item = by_name(turn.request.field("item")).ok_or(Wrong::Unknown)?;
            let (from, to) =
                (turn.day(&format!("from-{}", value(item)))?, turn.day(&format!("to-{}", value(item)))?);
            let vault = turn.session.vault().ok_or(Wrong::Unknown)?;
            let points = vault.state().world().patience.points(item, from, to);
            if points.is_empty() {
                return Err(Wrong::Say("look-no-points"));
            }
            write(turn, Action::shared(Event::ShareChart { item, from, to, points }), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-sent"))
        }
        "stop" => {
            let chart = turn.entry("entry")?;
            write(turn, Action::shared(Event::StopChart { chart }), None)?;
            Ok(Next::Go(PATH.to_owned(), "look-chart-stopped"))
        }
        _ => Err(Wrong::Unknown),
    }
}
