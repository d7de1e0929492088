//! HTTP as the program speaks it: what is asked, and what is answered.

/// HTTP to other machines.
pub trait Network: Sync {
    /// Sends a request once and waits for its answer, whatever its status. No redirect is followed.
    ///
    /// # Errors
    /// Where no whole answer came.
    fn send(&self, request: &Request) -> Result<Answer, Lost>;
}

/// What an HTTP request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create.
    Post,
    /// Change.
    Patch,
    /// Remove.
    Delete,
}

/// An HTTP request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Names and values; among them the token, so that this type is never printed.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent along.
    pub body: Option<Vec<u8>>,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status, as 200.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// What came along.
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// The other side never heard of the request.
    NotSent(String),
    /// The other side may have done what was asked.
    Unknown(String),
}
