//! The items of a list in another order.

use crate::{
    json::locate,
    report::{JsonPath, Part},
};

/// A text in which the items of a list stand in another order, each as it is written; `from` says which one comes to each place.
/// `None` where the list does not have them.
pub(crate) fn arranged(text: &str, list: &JsonPath, from: &[usize]) -> Option<String> {
    if from.is_sorted() {
        return Some(text.to_owned());
    }
    let at = |n: usize| (list.clone().index(n), Part::Value);
    let wanted: Vec<_> = (0..from.len()).map(at).collect();
    let places = locate(text, &wanted).into_iter().collect::<Option<Vec<_>>>()?;
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (place, item) in places.iter().zip(from) {
        out.push_str(text.get(done..place.start)?);
        out.push_str(text.get(places.get(*item)?.clone())?);
        done = place.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}
