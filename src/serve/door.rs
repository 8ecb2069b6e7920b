//! The address that is listened on. It is this machine's own unless another was asked for.
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _};

/// The port if none was asked for: 突 10, 合 5.
pub const PORT: u16 = 17_205;

/// A port that is open and not served yet.
pub struct Door {
    pub(super) listener: TcpListener,
    /// Where it is.
    pub address: SocketAddr,
    /// The name that was asked for, if it is no number.
    pub(super) name: Option<String>,
}

impl Door {
    /// Opens a port; 0 is any that is free. Without a host only programs on this machine can reach it.
    ///
    /// # Errors
    /// What the system says: that the port is in use, that there is no such address.
    pub fn open(host: Option<&str>, port: u16) -> io::Result<Self> {
        let bare = host.map(|h| h.trim_start_matches('[').trim_end_matches(']'));
        let number = bare.map_or(Some(IpAddr::V4(Ipv4Addr::LOCALHOST)), |h| h.parse::<IpAddr>().ok());
        let (listener, name) = match (number, bare) {
            (Some(number), _) => (TcpListener::bind((number, port))?, None),
            (None, host) => {
                let host = host.unwrap_or_default();
                let all: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
                (TcpListener::bind(all.as_slice())?, Some(host.to_ascii_lowercase()))
            }
        };
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, name })
    }

    /// Whether only programs on this machine can reach it.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// What to type into the browser of this machine.
    #[must_use]
    pub fn url(&self) -> String {
        let own = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        format!("http://{}/", SocketAddr::new(own, self.address.port()))
    }
}
