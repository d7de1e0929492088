//! Dependency arrows: from the due day of what is waited for to the start of what waits.

use std::collections::BTreeSet;

use super::{
    super::{
        marks,
        svg::{Px, Svg},
    },
    Row,
    draw::{ROW, Spot},
};

/// How far an arrow goes on before it turns.
const STUB: Px = 7;

/// Draws an arrow for each dependency between two rows.
pub(super) fn draw(svg: &mut Svg, rows: &[Row], spots: &[Spot]) {
    let mut said = BTreeSet::new();
    for (row, to) in rows.iter().zip(spots) {
        for wait in &row.waits {
            let Some((from, blocker)) = wait.row.and_then(|ix| spots.get(ix).zip(rows.get(ix))) else {
                continue;
            };
            let points = way(*from, *to);
            let broken = if wait.broken { " (broken)" } else { "" };
            let name = format!("{} waits for {}{broken}", row.name.id, blocker.name.id);
            let line = format!("{}{}", marks::rounded(&points), marks::head(to.entry - 1, to.middle));
            svg.named_path(if wait.broken { "arrow broken" } else { "arrow" }, &line, &name);
            if wait.broken {
                let at = (from.exit + STUB, if to.top >= from.top { from.top + ROW } else { from.top });
                if said.insert(at) {
                    svg.path("arrow broken", &marks::cross(at.0, at.1));
                    svg.text("small halo broken", at.0 + 9, at.1 + 4, "broken");
                }
            }
        }
    }
}

/// The corners of an arrow: straight down and in where there is room, else along the edge of the row and in from the left.
fn way(from: Spot, to: Spot) -> Vec<(Px, Px)> {
    let (trunk, entry) = (from.exit + STUB, to.entry - 1);
    if entry > trunk + STUB + 4 {
        return vec![(from.exit, from.middle), (trunk, from.middle), (trunk, to.middle), (entry, to.middle)];
    }
    let edge = if to.top > from.top { to.top } else { to.top + ROW };
    let before = entry - STUB - 5;
    vec![
        (from.exit, from.middle),
        (trunk, from.middle),
        (trunk, edge),
        (before, edge),
        (before, to.middle),
        (entry, to.middle),
    ]
}
