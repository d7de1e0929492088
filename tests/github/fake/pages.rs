//! Lists in pages, each of which says in its `Link` header where the others are.

use serde_json::Value;

use super::http::{Answer, Request};

/// A part of a list.
pub(crate) struct Page {
    number: usize,
    size: usize,
}

impl Page {
    /// The page that is asked for: the first one of thirty, unless it says otherwise. Nobody gets more than a hundred.
    pub(crate) fn asked(request: &Request) -> Self {
        let number = |name, absent| -> usize {
            request
                .parameter(name)
                .and_then(|text| text.parse().ok())
                .filter(|number| *number > 0)
                .unwrap_or(absent)
        };
        Self { number: number("page", 1), size: number("per_page", 30).min(100) }
    }

    /// Whether a list begins with it.
    pub(crate) fn is_first(&self) -> bool {
        self.number == 1
    }

    /// The items on it, each made into JSON only here.
    pub(crate) fn answer<T>(
        &self,
        items: &[T],
        request: &Request,
        base: &str,
        show: impl Fn(&T) -> Value,
    ) -> Answer {
        let last = items.len().div_ceil(self.size).max(1);
        let start = self.size.saturating_mul(self.number - 1);
        let shown: Vec<_> = items.iter().skip(start).take(self.size).map(show).collect();
        let mut headers = Vec::new();
        let mut links = Vec::new();
        if self.number > 1 {
            links.push((1, "first"));
            links.push(((self.number - 1).min(last), "prev"));
        }
        if self.number < last {
            links.push((self.number + 1, "next"));
            links.push((last, "last"));
        }
        let links: Vec<_> = links
            .into_iter()
            .map(|(page, rel)| format!("<{}>; rel=\"{rel}\"", self.address(request, base, page)))
            .collect();
        if !links.is_empty() {
            headers.push(("Link".to_owned(), links.join(", ")));
        }
        Answer { status: 200, headers, body: Value::Array(shown).to_string().into_bytes() }
    }

    fn address(&self, request: &Request, base: &str, page: usize) -> String {
        let others = request.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
        let query: Vec<_> = others.map(str::to_owned).chain([format!("page={page}")]).collect();
        format!("{base}{}?{}", request.path, query.join("&"))
    }
}
