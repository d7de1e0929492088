//! Layouts keep their promises: layers, room, no loss, no blow-up.

use super::*;

fn overlaps(layout: &Layout) -> usize {
    let items: Vec<_> = layout.items.iter().flatten().collect();
    let is_over = |a: &(Px, Px), b: &(Px, Px)| (a.0 - b.0).abs() < WIDTH && (a.1 - b.1).abs() < HEIGHT;
    (0..items.len())
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .filter(|(a, b)| is_over(items[*a], items[*b]))
        .count()
}

#[test]
fn what_waits_lies_to_the_right_and_nothing_overlaps() {
    let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (0, 4), (5, 4), (6, 7)];
    let layout = layout(9, &edges);
    assert_eq!(layout.layers, [0, 1, 1, 2, 3, 0, 0, 1, 0]);
    assert_eq!(layout.items[8], None, "nothing waits for it");
    for (from, to) in edges {
        let x = |item: usize| layout.items[item].expect("it is placed").0;
        assert!(x(from) + WIDTH < x(to));
    }
    assert_eq!(overlaps(&layout), 0);
    assert_eq!(layout.passages[5].len(), 2);
}

#[test]
fn an_edge_passes_between_the_items_of_a_layer() {
    let edges = [(0, 1), (1, 2), (0, 2), (0, 3), (3, 2)];
    let layout = layout(4, &edges);
    let (_, _, y) = layout.passages[2][0];
    for item in [1, 3] {
        let (_, top) = layout.items[item].expect("it is placed");
        assert!(y < top || y > top + HEIGHT, "{y} {top}");
    }
}

#[test]
fn a_circle_is_a_box_with_its_items_in_turn() {
    // 0 → 1 → 2 → 0, and 3 waits for 1; 4 waits for itself.
    let edges = [(0, 1), (1, 2), (2, 0), (1, 3), (4, 4)];
    let layout = layout(5, &edges);
    assert_eq!(
        layout.boxes.iter().map(|circle| circle.items.as_slice()).collect::<Vec<_>>(),
        [&[0, 1, 2][..], &[4]]
    );
    assert_eq!(layout.in_circle, [true, true, true, false, true]);
    assert_eq!(layout.layers[3], 1);
    assert_eq!(overlaps(&layout), 0);
}

#[test]
fn lines_that_need_not_cross_do_not() {
    let edges = [(0, 5), (1, 4), (2, 3)];
    let layout = layout(6, &edges);
    let y = |item: usize| layout.items[item].expect("it is placed").1;
    assert!(y(5) < y(4) && y(4) < y(3));
    assert_eq!((y(0), y(1), y(2)), (y(5), y(4), y(3)), "and they run straight");
}

#[test]
fn long_chains_and_many_long_edges_stay_cheap() {
    let chain: Vec<_> = (1..10_000).map(|item| (item - 1, item)).collect();
    assert_eq!(layout(10_000, &chain).layers[9_999], 9_999);
    let mut all_to_the_first = chain;
    all_to_the_first.extend((2..10_000).map(|item| (0, item)));
    let layout = layout(10_000, &all_to_the_first);
    let stand_ins: usize = layout.passages.iter().map(Vec::len).sum();
    assert!(stand_ins <= 10_000 * STAND_INS + 1000);
}

#[test]
fn five_thousand_edges_into_one_item_stay_cheap() {
    let edges: Vec<_> = (0..5_000).map(|item| (item, 5_000)).collect();
    let layout = layout(5_001, &edges);
    assert_eq!(layout.items.iter().flatten().count(), 5_001);
    let circle: Vec<_> = (0..1_000).map(|item| (item, (item + 1) % 1_000)).collect();
    assert_eq!(super::layout(1_000, &circle).boxes[0].items, (0..1_000).collect::<Vec<_>>());
}
