//! A visitor: one connection, one cookie, enough of HTTP/1.1 for a site of our own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// What came back.
pub struct Answer {
    pub status: u16,
    /// The media type, without its parameters.
    pub kind: String,
    /// Where it sends the visitor.
    pub location: String,
    pub body: Vec<u8>,
    /// From the first byte sent to the last one received, in milliseconds.
    pub took: f64,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A browser in little.
pub struct Visitor {
    connection: BufReader<TcpStream>,
    host: SocketAddr,
    cookie: String,
}

impl Visitor {
    /// Connects, waiting until the server listens.
    pub fn connect(host: SocketAddr) -> Result<Visitor, String> {
        let patience = Instant::now();
        loop {
            match TcpStream::connect(host) {
                Ok(stream) => {
                    let set = stream
                        .set_nodelay(true)
                        .and_then(|()| stream.set_read_timeout(Some(Duration::from_secs(60))));
                    set.map_err(|e| format!("{host}: {e}"))?;
                    return Ok(Visitor { connection: BufReader::new(stream), host, cookie: String::new() });
                }
                Err(error) if patience.elapsed() > Duration::from_secs(30) => {
                    return Err(format!("{host}: {error}"));
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Reads a page; `packed` as browsers ask for it, else as it can be read here.
    pub fn get(&mut self, path: &str, packed: bool) -> Result<Answer, String> {
        let packed = if packed { "Accept-Encoding: gzip\r\n" } else { "" };
        self.ask(path, &format!("GET {path} HTTP/1.1\r\n{packed}"), "")
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let pairs: Vec<String> = fields.iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect();
        let body = pairs.join("&");
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Origin: http://{}\r\nContent-Length: {}\r\n",
            self.host,
            body.len()
        );
        self.ask(path, &head, &body)
    }

    /// Sends JSON, as chromedriver wants it.
    pub fn json(&mut self, path: &str, body: &str) -> Result<Answer, String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        );
        self.ask(path, &head, body)
    }

    /// Takes something away at the other end.
    pub fn delete(&mut self, path: &str) -> Result<Answer, String> {
        self.ask(path, &format!("DELETE {path} HTTP/1.1\r\n"), "")
    }

    /// Is signed in already: the cookie's secret.
    pub fn signed_in(&mut self, secret: &str) {
        self.cookie = format!("nenep={secret}");
    }

    /// Sends an upload whose parts are written already.
    pub fn upload(&mut self, path: &str, mark: &str, body: &str) -> Result<Answer, String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nContent-Type: multipart/form-data; boundary={mark}\r\n\
             Origin: http://{}\r\nContent-Length: {}\r\n",
            self.host,
            body.len()
        );
        self.ask(path, &head, body)
    }

    fn ask(&mut self, path: &str, head: &str, body: &str) -> Result<Answer, String> {
        let cookie =
            if self.cookie.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookie) };
        let message = format!("{head}Host: {}\r\n{cookie}\r\n{body}", self.host);
        self.exchange(&message).map_err(|e| format!("{path}: {e}"))
    }

    fn exchange(&mut self, message: &str) -> std::io::Result<Answer> {
        let start = Instant::now();
        self.connection.get_mut().write_all(message.as_bytes())?;
        let mut answer =
            Answer { status: 0, kind: String::new(), location: String::new(), body: Vec::new(), took: 0.0 };
        answer.status = self.line()?.split(' ').nth(1).and_then(|w| w.parse().ok()).unwrap_or(0);
        let (mut length, mut chunked) = (None, false);
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse::<usize>().ok(),
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "content-type" => value.split(';').next().unwrap_or_default().clone_into(&mut answer.kind),
                "location" => value.clone_into(&mut answer.location),
                "set-cookie" => {
                    value.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
                }
                _ => {}
            }
        }
        if chunked {
            loop {
                let size = usize::from_str_radix(self.line()?.trim(), 16).unwrap_or(0);
                self.take(size, &mut answer.body)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            }
        } else {
            self.take(length.unwrap_or(0), &mut answer.body)?;
        }
        answer.took = start.elapsed().as_secs_f64() * 1e3;
        Ok(answer)
    }

    fn line(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        if self.connection.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end().to_owned())
    }

    fn take(&mut self, size: usize, body: &mut Vec<u8>) -> std::io::Result<()> {
        let at = body.len();
        body.resize(at + size, 0);
        self.connection.read_exact(&mut body[at..])
    }
}

/// Percent-encoded.
fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
