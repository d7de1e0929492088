//! A title within a sentence: in lower case, but for names and for what is written in a way of its own.
//!
//! Which capitals are a name's is told by the word itself (`PostgreSQL`, `OAuth2`, `Next.js`, `C++`, `Plan B`), by the title,
//! where it is written as a sentence is (`Moving the warehouse to Weaviate`), or by [`NAMES`].

/// Names whose only capital is their first letter: products, languages, months, days, continents. Words that titles have more often
/// in another sense, such as `Polish` or `Vault`, are none of them.
const NAMES: &str = " Africa African America American Android Angular Ansible Apache Apple April Arabic Asia Asian Atlassian \
August Australia Azure Bitbucket Bluetooth Cassandra Chinese Chrome Chromium Confluence Datadog Debian December Django Docker Drupal \
Dutch Elasticsearch English Ethereum Europe European Excel Facebook Fastly February Figma Firebase Firefox Flask French Friday German Gitea \
Google Gradle Grafana Hadoop Haskell Hebrew Heroku Italian January Japanese Java Jenkins Jira July June Kafka Keycloak Kibana Kotlin \
Kubernetes Laravel Linux Lua Magento March Markdown Maven May Microsoft Monday Mozilla Netlify November October Okta Outlook Perl Portuguese Postgres \
Prometheus Python React Redis Redmine Ruby Rust Russian Salesforce Saturday Scala September Shopify Slack Snowflake Spanish Sunday Svelte Swift \
Tailwind Telegram Terraform Thursday Trello Tuesday Twitter Ubuntu Unicode Unix Vercel Vim Weaviate Webpack Wednesday Wikipedia Windows \
Zendesk Zig ";

/// Words that are small in titles too, and so say nothing of how one is written.
const SMALL: &str = " a an and are as at but by for from has in into is it its nor not of off on onto or our out over per so than that the \
their this to up via vs was we with your ";

/// What the first sentence calls a roadmap of this title.
pub(super) fn of(title: &str) -> String {
    let is_sentence = is_sentence(title);
    let end = title.trim_end().len();
    let mut at = 0;
    let word = |word: &str| {
        let (is_first, is_last) = (title[..at].trim().is_empty(), at + word.trim_end().len() == end);
        at += word.len();
        let is_name =
            is_sentence && !is_first || is_name(word) || is_last && !is_first && is_letter(bare(word));
        if is_name { word.to_owned() } else { within(word) }
    };
    title.split_inclusive(char::is_whitespace).map(word).collect()
}

/// Whether most words of a title begin small, as in a sentence: then capitals are names'.
fn is_sentence(title: &str) -> bool {
    let words = title.split_whitespace().skip(1).map(bare);
    let words = words.filter(|word| word.chars().count() > 1 && !has(SMALL, word) && !is_own(word));
    let (small, capital): (Vec<_>, Vec<_>) = words
        .filter(|word| word.starts_with(char::is_alphabetic))
        .partition(|word| word.starts_with(char::is_lowercase));
    !small.is_empty() && small.len() >= capital.len()
}

/// A word without the marks around it, and without what makes it a possessive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '#'));
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn has(list: &str, word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        && list.contains(&format!(" {word} "))
}

/// Whether a word is a name wherever it is.
fn is_name(word: &str) -> bool {
    let word = bare(word);
    has(NAMES, word) || is_letter(word) && word != "A"
}

fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Whether a word is written in a way of its own: with a capital or a digit behind its first letter, as a file or a host is, or
/// with marks as `C++`.
fn is_own(word: &str) -> bool {
    let word = bare(word);
    let behind = word.trim_start_matches(|c: char| !c.is_alphabetic());
    let mut letters = behind.chars();
    letters.next();
    let is_dotted =
        |rest: &str| rest.split_once('.').is_some_and(|(_, end)| end.starts_with(char::is_alphabetic));
    letters.clone().any(|c| c.is_uppercase() || c.is_numeric())
        || word.ends_with(['+', '#'])
        || is_dotted(letters.as_str())
}

/// A word within a sentence; of a compound, each part by itself.
fn within(word: &str) -> String {
    let parts: Vec<_> = word.split_inclusive(['-', '‑', '/']).collect();
    if parts.len() < 2 {
        return if is_own(word) { word.to_owned() } else { word.to_lowercase() };
    }
    let is_initial = |part: &&str| is_letter(bare(part));
    let are_initials = parts.iter().all(is_initial);
    let part = |part: &&str| {
        let keeps = is_initial(part) && (are_initials || !matches!(bare(part), "A" | "E"));
        if keeps || has(NAMES, bare(part)) || is_own(part) { (*part).to_owned() } else { part.to_lowercase() }
    };
    parts.iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn names_keep_their_case_within_a_sentence() {
        for (title, within) in [
            ("Database Layer", "database layer"),
            ("PostgreSQL Migration", "PostgreSQL migration"),
            ("Login with OAuth2", "login with OAuth2"),
            ("iOS and macOS Apps", "iOS and macOS apps"),
            ("API v2 (Beta)", "API v2 (beta)"),
            ("GitHub Actions, CI/CD & R&D", "GitHub actions, CI/CD & R&D"),
            ("Next.js, C++ and C# Ports", "Next.js, C++ and C# ports"),
            ("(Kubernetes) Rollout: Europe's Clusters", "(Kubernetes) rollout: Europe's clusters"),
            ("GitHub-Based Long-Term Plan", "GitHub-based long-term plan"),
            ("E-Mail, A/B Tests, Input/Output and B-Trees", "e-mail, A/B tests, input/output and B-trees"),
            ("A Plan B", "a plan B"),
            ("Series A", "series A"),
            ("UI Polish", "UI polish"),
            ("Moving the warehouse to Qdrant", "moving the warehouse to Qdrant"),
            ("Rust Project Goals", "Rust project goals"),
            (".NET Upgrade", ".NET upgrade"),
            ("DM-003 Rollout", "DM-003 rollout"),
            ("Ärger  Über\tß", "ärger  über\tß"),
            ("A Plan", "a plan"),
            ("Plan.", "plan."),
            ("", ""),
        ] {
            assert_eq!(of(title), within);
        }
    }
}
