//! Who may ask: pages of this server in a browser that was pointed at it, and nobody else's pages.
//!
//! Any page of the web can make a browser send requests to this machine. The name that the browser was given (`Host`)
//! unmasks a foreign name that was made to point here (DNS rebinding); `Origin` and `Sec-Fetch-Site`, which no script
//! can set, unmask requests that another page sends.
use std::net::{IpAddr, SocketAddr};

use hyper::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use hyper::http::request::Parts;
use hyper::http::uri::Authority;
use hyper::{Method, Version};

/// What goes with every answer, whatever is in it.
const HEADERS: [(HeaderName, &str); 7] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    // With `no-referrer` some requests of the page itself would come without an origin.
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (CACHE_CONTROL, "no-store"),
];

/// What may be in an answer that is no page.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// Puts the headers on an answer; `policy` says what a page may do.
pub(super) fn seal(headers: &mut HeaderMap, policy: Option<&str>) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = policy.and_then(|p| HeaderValue::from_str(p).ok());
    headers.insert(CONTENT_SECURITY_POLICY, policy.unwrap_or(HeaderValue::from_static(NOTHING)));
}

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It was sent to a name that is not ours.
    Host,
    /// Another page has sent it.
    Origin,
}

/// The names that this server goes by.
#[derive(Debug)]
pub(super) struct Guard {
    address: SocketAddr,
    name: Option<String>,
}

impl Guard {
    pub(super) fn new(address: SocketAddr, name: Option<String>) -> Self {
        Self { address, name }
    }

    /// Looks at where a request comes from and where it was sent to.
    pub(super) fn check(&self, request: &Parts) -> Result<(), Refused> {
        let host = only(&request.headers, &HOST).ok().flatten().ok_or(Refused::Host)?;
        // An address in the first line is for proxies; it would count before the header.
        if request.version != Version::HTTP_11 || request.uri.authority().is_some() || !self.is_own(host) {
            return Err(Refused::Host);
        }
        let origin = only(&request.headers, &ORIGIN).map_err(|()| Refused::Origin)?;
        let own = origin.is_some_and(|o| o.eq_ignore_ascii_case(&format!("http://{host}")));
        let reads = matches!(request.method, Method::GET | Method::HEAD);
        if !(own || (origin.is_none() && reads)) {
            return Err(Refused::Origin);
        }
        match only(&request.headers, &HeaderName::from_static("sec-fetch-site")) {
            Ok(None | Some("same-origin" | "none")) => Ok(()),
            _ => Err(Refused::Origin),
        }
    }

    /// Whether a `Host` names this server.
    fn is_own(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        // A port that is no number would be taken for none.
        let port = match host.strip_prefix(authority.host()) {
            Some("") => Some(80),
            Some(rest) => {
                rest.strip_prefix(':').filter(|p| p.bytes().all(|b| b.is_ascii_digit())).and_then(|p| p.parse().ok())
            }
            None => None,
        };
        if port != Some(self.address.port()) {
            return false;
        }
        let name = authority.host().to_ascii_lowercase();
        let own = self.address.ip();
        match name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            // No name points anywhere else if there is no name.
            Ok(ip) => ip == own || own.is_unspecified(),
            Err(_) if name == "localhost" => own.is_loopback() || own.is_unspecified(),
            Err(_) => self.name.as_deref() == Some(&name),
        }
    }
}

/// A header that may be there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(one), None) => one.to_str().map(Some).map_err(drop),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    fn judged(bound: &str, name: Option<&str>, method: &str, headers: &[(&str, &str)]) -> Result<(), Refused> {
        let mut request = Request::builder().method(method).uri("/");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Guard::new(bound.parse().unwrap(), name.map(str::to_owned)).check(&parts)
    }

    #[test]
    fn only_our_own_names_with_our_port_are_ours() {
        let own = |bound, host| judged(bound, None, "GET", &[("host", host)]).is_ok();
        for host in ["127.0.0.1:80", "localhost:80", "LOCALHOST", "127.0.0.1"] {
            assert!(own("127.0.0.1:80", host), "{host}");
        }
        let foreign = [
            "127.0.0.1:81",
            "evil.example",
            "evil.example:80",
            "localhost.evil.example:80",
            "127.0.0.1.evil.example:80",
            "evil@127.0.0.1:80",
            "[::1]:80",
            "127.0.0.2:80",
            "10.0.0.1:80",
            "localhost.:80",
            "",
            "127.0.0.1:99999",
            "127.0.0.1:",
            "127.0.0.1:+80",
        ];
        for host in foreign {
            assert!(!own("127.0.0.1:80", host), "{host}");
        }
        assert!(own("[::1]:8000", "[::1]:8000") && own("[::1]:8000", "localhost:8000"));
        // Asked for by a number: any number, but no name.
        assert!(own("0.0.0.0:8000", "192.168.0.7:8000") && !own("0.0.0.0:8000", "rebound.example:8000"));
        assert!(judged("10.0.0.1:8000", Some("pc7"), "GET", &[("host", "PC7:8000")]).is_ok());
        assert!(judged("10.0.0.1:8000", None, "GET", &[("host", "localhost:8000")]).is_err());
        assert_eq!(judged("127.0.0.1:80", None, "GET", &[]), Err(Refused::Host));
        let twice = [("host", "localhost"), ("host", "localhost")];
        assert_eq!(judged("127.0.0.1:80", None, "GET", &twice), Err(Refused::Host));
    }

    #[test]
    fn pages_of_others_may_not_ask() {
        let host = ("host", "127.0.0.1:8000");
        let ask = |method, more: &[(&str, &str)]| {
            let headers: Vec<(&str, &str)> = [host].into_iter().chain(more.iter().copied()).collect();
            judged("127.0.0.1:8000", None, method, &headers)
        };
        assert_eq!(ask("GET", &[]), Ok(()));
        assert_eq!(ask("GET", &[("sec-fetch-site", "none")]), Ok(()));
        assert_eq!(ask("POST", &[("origin", "http://127.0.0.1:8000"), ("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(ask("POST", &[]), Err(Refused::Origin), "who writes says where from");
        for origin in ["http://localhost:8000", "http://127.0.0.1:8001", "https://127.0.0.1:8000", "null", ""] {
            assert_eq!(ask("POST", &[("origin", origin)]), Err(Refused::Origin), "{origin}");
            assert_eq!(ask("GET", &[("origin", origin)]), Err(Refused::Origin), "{origin}");
        }
        for site in ["cross-site", "same-site", "?"] {
            assert_eq!(ask("GET", &[("sec-fetch-site", site)]), Err(Refused::Origin), "{site}");
        }
    }
}
