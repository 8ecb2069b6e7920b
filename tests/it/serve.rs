//! `totsugo serve`, spoken to as a browser would, and as somebody would who means harm.
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::run::{folder, home, totsugo};

const GOOD: &str = "集計 \"a\" R4 {\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | I-1 | 4 | 4 | 3 | 75% |\n}\n";
/// So long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A server; it ends with the test.
struct Server {
    child: Child,
    address: SocketAddr,
    out: BufReader<ChildStdout>,
    err: Option<ChildStderr>,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer: its status, its head, its body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(place: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_totsugo"))
            .current_dir(place)
            .args(["serve", "--port", "0"])
            .args(more)
            .env_remove("TOTSUGO_LANG")
            .env_remove("TOTSUGO_TODAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let url = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        let address = url.parse().expect("an address");
        let err = child.stderr.take();
        Self { child, address, out, err }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(LONG)).expect("a limit");
        stream.set_write_timeout(Some(LONG)).expect("a limit");
        stream
    }

    /// Sends a request as it is and reads the answer to its end.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).expect("it takes the request");
        answer(stream)
    }

    fn ask(&self, line: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.raw((request + "\r\n").as_bytes())
    }

    fn host(&self) -> String {
        self.address.to_string()
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), &[("Host", &self.host())])
    }

    /// Sends what the page sends when a file is dropped on it.
    fn drop_file(&self, name: &str, bytes: &[u8]) -> Answer {
        let name: String = name.bytes().map(|b| format!("%{b:02X}")).collect();
        let host = self.host();
        let mut request = format!(
            "POST /drop?name={name} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        )
        .into_bytes();
        request.extend_from_slice(bytes);
        self.raw(&request)
    }

    /// The page, as soon as it says something.
    fn page_with(&self, wanted: &str) -> String {
        let begun = Instant::now();
        loop {
            let page = self.get("/");
            assert_eq!(page.status, 200, "{}", page.body);
            if page.body.contains(wanted) {
                return page.body;
            }
            assert!(begun.elapsed() < LONG, "{wanted} does not come: {}", live(&page.body));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// The page when the first check is done.
    fn page(&self) -> String {
        let begun = Instant::now();
        loop {
            let page = self.get("/").body;
            if !page.contains("最初の検査をしています") {
                return page;
            }
            assert!(begun.elapsed() < LONG, "{page}");
        }
    }
}

fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_lowercase(), body: body.to_owned() }
}

/// The panel of a page.
fn live(page: &str) -> &str {
    let from = page.find("<section id=\"live\"").unwrap_or(0);
    let to = page[from..].find("</section>").map_or(page.len(), |n| from + n);
    &page[from..to]
}

#[test]
fn the_page_comes_with_its_findings_and_with_headers_that_shut_everything_else_out() {
    let place = folder(&[("a.plan", GOOD.replace("75%", "70%").as_bytes())]);
    let mut server = Server::start(place.path(), &[]);
    assert!(server.address.ip().is_loopback());
    let page = server.page();
    assert!(page.contains("70%") && page.contains("id=\"live-drop\""), "{page}");
    assert!(!page.contains("http-equiv"), "the policy is a header");
    let answer = server.get("/");
    let headers = [
        "content-type: text/html; charset=utf-8",
        "x-content-type-options: nosniff",
        "referrer-policy: same-origin",
        "cross-origin-opener-policy: same-origin",
        "cross-origin-resource-policy: same-origin",
        "cross-origin-embedder-policy: require-corp",
        "cache-control: no-store",
        "connection: close",
        "content-security-policy: default-src 'none'; ",
        "connect-src 'self'",
        "frame-ancestors 'none'",
    ];
    for header in headers {
        assert!(answer.head.contains(header), "{header}: {}", answer.head);
    }
    assert!(!answer.head.contains("access-control") && !answer.head.contains("unsafe"), "{}", answer.head);
    for path in ["/a.plan", "/drop", "/../a.plan", "/%2e%2e/a.plan", "//", "/favicon.ico"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.body.as_str()), (404, "ここには何もありません。\n"), "{path}");
        assert!(answer.head.contains("default-src 'none'"), "{path}");
    }
    // It says where it is, and that nothing leaves the machine.
    let mut line = String::new();
    server.out.read_line(&mut line).expect("a line");
    assert_eq!(line, "この画面はこのパソコンからだけ開けます。データは外に送りません。\n");
}

#[test]
fn foreign_names_and_foreign_pages_get_nothing() {
    let place = folder(&[("a.plan", GOOD.replace("75%", "70%").as_bytes())]);
    let server = Server::start(place.path(), &[]);
    let (host, port) = (server.host(), server.address.port());
    let local = format!("localhost:{port}");
    assert_eq!(server.ask("GET /", &[("Host", &local)]).status, 200);
    for wrong in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1:1", &format!("127.0.0.1.nip.io:{port}")] {
        let answer = server.ask("GET /", &[("Host", wrong)]);
        assert_eq!(answer.status, 421, "{wrong}");
        assert!(!answer.body.contains("70%") && answer.body.contains("起動したときに表示された"), "{}", answer.body);
    }
    assert_eq!(server.ask("GET http://evil.example/", &[("Host", &host)]).status, 421);
    assert_ne!(server.ask("GET /", &[]).status, 200, "no name at all");
    let own = format!("http://{host}");
    let (evil, other) = ("http://evil.example", format!("http://127.0.0.1:{}", port ^ 1));
    let wrong: [&[(&str, &str)]; 6] = [
        &[("Origin", evil)],
        &[("Origin", &other)],
        &[("Origin", "null")],
        &[],
        &[("Origin", &own), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", &own), ("Sec-Fetch-Site", "same-site")],
    ];
    for headers in wrong {
        let headers: Vec<(&str, &str)> =
            [("Host", host.as_str()), ("Content-Length", "0")].into_iter().chain(headers.iter().copied()).collect();
        let answer = server.ask("POST /drop?name=b.plan", &headers);
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.body.contains("ほかのページからの求めには答えません"), "{}", answer.body);
    }
    // A picture or a frame of another page, and its stream of events.
    for path in ["GET /", "GET /events"] {
        assert_eq!(server.ask(path, &[("Host", &host), ("Sec-Fetch-Site", "cross-site")]).status, 403);
        assert_eq!(server.ask(path, &[("Host", &host), ("Origin", evil)]).status, 403);
    }
    // What a browser asks first when a foreign page wants more is not allowed either.
    let asked = [("Host", host.as_str()), ("Origin", evil), ("Access-Control-Request-Method", "POST")];
    assert_eq!(server.ask("OPTIONS /drop", &asked).status, 403);
    assert!(!live(&server.page()).contains("b.plan"), "nothing was taken");
}

#[test]
fn a_dropped_workbook_is_checked_with_the_files_of_the_folder_and_written_nowhere() {
    let home = home();
    let read = |path: &str| std::fs::read(home.join(path)).expect("a file");
    let place = folder(&[("資料2-1.plan", &read("specs/資料2-1.plan")), ("読まない.txt", b"")]);
    let server = Server::start(place.path(), &[]);
    server.page();
    let book = read("examples/workbooks/徳島DX.xlsx");
    let taken = server.drop_file("徳島DX.xlsx", &book);
    assert_eq!((taken.status, taken.body.as_str()), (202, "受け取りました。\n"));
    let page = server.page_with("data-remove=\"徳島DX.xlsx\"");
    let panel = live(&page);
    assert!(panel.contains("見出しからの推測です") && panel.contains("読み取ったもの: 指標 15"), "{panel}");
    assert!(panel.contains("files: [徳島DX.xlsx]"), "the guess is shown: {panel}");
    // With its mapping it is read as the mapping says.
    assert_eq!(server.drop_file("徳島DX.mapping.yaml", &read("examples/workbooks/徳島DX.mapping.yaml")).status, 202);
    let page = server.page_with("徳島DX.mapping.yaml の読み方で読みました");
    let panel = live(&page);
    assert!(!panel.contains("推測") && panel.contains("指摘: "), "{panel}");
    // The same findings as a check of the files on the disk.
    let beside = folder(&[
        ("資料2-1.plan", &read("specs/資料2-1.plan")),
        ("徳島DX.xlsx", &book),
        ("徳島DX.mapping.yaml", &read("examples/workbooks/徳島DX.mapping.yaml")),
    ]);
    let checked = totsugo(beside.path(), &["check", ".", "--format", "json"], &[]);
    let of_book = crate::run::findings(&checked).into_iter().filter(|f| !f.2.is_empty());
    let sentences: Vec<String> = of_book.map(|f| f.2).collect();
    let shown = sentences.iter().filter(|s| page.contains(&s.replace('&', "&amp;").replace('"', "&quot;"))).count();
    assert_eq!(shown, sentences.len(), "{sentences:?}");
    // Taken away again.
    let (host, name) = (server.host(), "%E5%BE%B3%E5%B3%B6DX.xlsx");
    let origin = format!("http://{host}");
    let headers = [("Host", host.as_str()), ("Origin", origin.as_str())];
    assert_eq!(server.ask(&format!("DELETE /drop?name={name}"), &headers).status, 202);
    assert_eq!(server.ask(&format!("DELETE /drop?name={name}"), &headers).status, 404);
    let begun = Instant::now();
    while live(&server.page()).contains("data-remove=\"徳島DX.xlsx\"") {
        assert!(begun.elapsed() < LONG);
    }
    let mut left: Vec<_> =
        std::fs::read_dir(place.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    left.sort();
    assert_eq!(left, ["読まない.txt", "資料2-1.plan"]);
}

#[test]
fn a_dropped_file_stands_for_the_one_of_its_name() {
    let place = folder(&[("中/a.plan", GOOD.as_bytes())]);
    let server = Server::start(place.path(), &["中"]);
    assert!(!server.page().contains("70%"));
    assert_eq!(server.drop_file("a.plan", GOOD.replace("75%", "70%").as_bytes()).status, 202);
    let page = server.page_with("中/a.plan の代わりに");
    assert!(live(&page).contains("誤り 1件") && page.contains("70%"), "{}", live(&page));
    assert_eq!(server.drop_file("a.plan", GOOD.replace("75%", "69%").as_bytes()).status, 202);
    assert!(!server.page_with("69%").contains("70%"), "the later one has taken its place");
    assert_eq!(std::fs::read_to_string(place.path().join("中/a.plan")).expect("a file"), GOOD);
}

#[test]
fn hostile_names_and_broken_files_are_told_in_a_sentence() {
    let place = folder(&[]);
    let server = Server::start(place.path(), &[]);
    let page = server.page();
    assert!(live(&page).contains("まだ計画も表計算のファイルもありません"));
    assert!(!page.contains("見つかりませんでした"), "nothing was checked: {page}");
    let bad = GOOD.replace("75%", "70%");
    for (name, shown) in [
        ("../../../etc/計画.plan", "計画.plan"),
        ("<img src=x onerror=alert(1)>\".plan", "&lt;img src=x onerror=alert(1)&gt;&quot;.plan"),
        ("a\u{202e}\r\nx: y.plan", "ax: y.plan"),
    ] {
        assert_eq!(server.drop_file(name, bad.as_bytes()).status, 202, "{name}");
        let page = server.page_with(&format!("<bdi>{shown}</bdi>"));
        assert!(!page.contains("<img src=x"), "{name}");
    }
    let long = format!("{}.plan", "長".repeat(300));
    assert_eq!(server.drop_file(&long, bad.as_bytes()).status, 202);
    let page = server.page_with("長長長");
    assert!(!page.contains(&"長".repeat(121)));
    for (name, status) in
        [("..", 400), ("", 400), (".htaccess", 400), ("a.exe", 415), ("../../etc/passwd", 415), ("~$a.xlsx", 415)]
    {
        assert_eq!(server.drop_file(name, b"x").status, status, "{name}");
    }
    assert_eq!(server.get("/drop?name=%ff%fe.plan").status, 404);
    let broken: [(&str, &[u8], &str); 3] = [
        ("壊れた.xlsx", b"PK\x03\x04 no zip at all", "壊れ"),
        ("二進.plan", b"\0\x01\x02", "二進.plan"),
        ("知らない.csv", "あ,い\n1,2\n".as_bytes(), "知らない.csv"),
    ];
    for (name, bytes, told) in broken {
        assert_eq!(server.drop_file(name, bytes).status, 202);
        let page = server.page_with(&format!("<bdi>{name}</bdi>"));
        let panel = live(&page);
        let own = panel.split(&format!("<bdi>{name}</bdi>")).nth(1).expect("its part");
        let own = own.split("</li><li class=\"live-guest\">").next().unwrap_or(own);
        assert!(own.contains("読めませんでした") && own.contains("誤り 1件") && own.contains(told), "{name}: {own}");
    }
    // Eight and no more.
    assert_eq!(server.drop_file("八.plan", b"").status, 202);
    let full = server.drop_file("九.plan", b"");
    assert_eq!(full.status, 409);
    assert!(full.body.contains("置き場所がいっぱいです"), "{}", full.body);
    assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), 0, "nothing was written");
}

/// Most memory that a process has had, in MiB.
#[cfg(target_os = "linux")]
fn peak(server: &Server) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.child.id())).expect("a process");
    let line = status.lines().find(|l| l.starts_with("VmHWM")).expect("a line");
    line.split_whitespace().nth(1).and_then(|n| n.parse::<usize>().ok()).expect("a number") / 1024
}

#[test]
fn a_client_that_sends_a_gigabyte_is_cut_off() {
    let place = folder(&[]);
    let server = Server::start(place.path(), &[]);
    server.page();
    #[cfg(target_os = "linux")]
    let before = peak(&server);
    let host = server.host();
    let head = |length: &str| {
        format!("POST /drop?name=a.xlsx HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n{length}\r\n\r\n")
    };
    // One that says so gets its answer before it has sent anything, and cannot go on.
    let mut stream = server.connect();
    stream.write_all(head("Content-Length: 1073741824").as_bytes()).expect("a head");
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).expect("an answer");
    assert_eq!(&begin, b"HTTP/1.1 413");
    let piece = vec![0_u8; 1 << 20];
    let sent = (0..1024).take_while(|_| stream.write_all(&piece).is_ok()).count();
    assert!(sent < 64, "it took {sent} MiB");
    let said = server.raw(head("Content-Length: 1073741824").as_bytes());
    assert!(said.body.contains("a.xlsx: 大きすぎます。一つのファイルは 64 MB までです"), "{}", said.body);
    // One that does not say so gets as far as the limit.
    let mut stream = server.connect();
    stream.write_all(head("Transfer-Encoding: chunked").as_bytes()).expect("a head");
    let mut chunk = b"100000\r\n".to_vec();
    chunk.extend_from_slice(&piece);
    chunk.extend_from_slice(b"\r\n");
    let sent = (0..1024).take_while(|_| stream.write_all(&chunk).is_ok()).count();
    assert!((60..100).contains(&sent), "it took {sent} MiB");
    #[cfg(target_os = "linux")]
    {
        let grown = peak(&server) - before;
        assert!(grown < 256, "{grown} MiB");
    }
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn clients_that_are_slow_or_many_do_not_keep_others_out() {
    let place = folder(&[("a.plan", GOOD.as_bytes())]);
    let server = Server::start(place.path(), &[]);
    server.page();
    let begun = Instant::now();
    let mut slow = server.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("half a head");
    // More than are taken at once, all of them silent.
    let silent: Vec<TcpStream> = (0..100).map(|_| server.connect()).collect();
    assert_eq!(server.get("/").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("200 OK") && begun.elapsed() < Duration::from_secs(30));
    drop(silent);
    // A head that never ends, and one of many lines.
    let long = format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", server.host(), "x".repeat(1 << 20));
    let mut stream = server.connect();
    let _ = stream.write_all(long.as_bytes());
    assert_ne!(answer(stream).status, 200);
    let many: Vec<(String, &str)> = (0..500).map(|n| (format!("X-{n}"), "x")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    assert_ne!(server.ask("GET /", &many).status, 200);
    // A file that does not come.
    let host = server.host();
    let mut stalled = server.connect();
    let head = format!(
        "POST /drop?name=a.plan HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: 9\r\n\r\n"
    );
    stalled.write_all(head.as_bytes()).expect("a head");
    assert_eq!(answer(stalled).status, 408);
}

/// The stream of events, line by line.
struct Events(BufReader<TcpStream>);

impl Events {
    fn open(server: &Server) -> Self {
        let mut stream = server.connect();
        let host = server.host();
        let head = format!("GET /events HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("a head");
        Self(BufReader::new(stream))
    }

    /// The next edition that is told of.
    fn next(&mut self) -> String {
        let begun = Instant::now();
        let mut line = String::new();
        while begun.elapsed() < LONG {
            line.clear();
            self.0.read_line(&mut line).expect("a line");
            if let Some(edition) = line.strip_prefix("data: ") {
                return edition.trim().to_owned();
            }
        }
        panic!("no edition was told of");
    }
}

#[test]
fn a_change_of_a_file_is_told_and_the_page_has_it() {
    let place = folder(&[("a.plan", GOOD.as_bytes())]);
    let server = Server::start(place.path(), &[]);
    let mut events = Events::open(&server);
    let first = events.next();
    let page = server.page();
    assert!(page.contains(&format!("data-edition=\"{first}\"")) && !page.contains("70%"));
    std::fs::write(place.path().join("a.plan"), GOOD.replace("75%", "70%")).expect("a file");
    let second = events.next();
    assert_ne!(first, second);
    let page = server.page();
    assert!(page.contains(&format!("data-edition=\"{second}\"")) && page.contains("70%"));
    // Wrong settings are told on the page, and it goes on when they are mended.
    std::fs::write(place.path().join("totsugo.yaml"), "min-severity: さあ\n").expect("a file");
    events.next();
    let page = server.page_with("設定に間違いがあるので");
    assert!(page.contains("さあ"), "{page}");
    std::fs::remove_file(place.path().join("totsugo.yaml")).expect("a file");
    events.next();
    assert!(!server.page_with("70%").contains("設定に間違い"));
    // No file at all.
    std::fs::remove_file(place.path().join("a.plan")).expect("a file");
    events.next();
    server.page_with("まだ計画も表計算のファイルもありません");
}

#[test]
fn a_port_or_an_address_that_cannot_be_had_is_told_with_what_to_do() {
    let place = folder(&[]);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let ran = totsugo(place.path(), &["serve", "--port", &port], &[]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains(&format!("ポート {port} は、ほかのプログラムが使っています")), "{}", ran.err);
    assert!(ran.err.contains("--port 0"), "{}", ran.err);
    let ran = totsugo(place.path(), &["serve", "--port", &port, "--lang", "en"], &[]);
    assert!(ran.err.contains(&format!("Port {port} is in use")), "{}", ran.err);
    for bad in ["65536", "-1", "http"] {
        let ran = totsugo(place.path(), &["serve", &format!("--port={bad}")], &[]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("--port") && ran.err.contains("65535"), "{}", ran.err);
    }
    let ran = totsugo(place.path(), &["serve", "--port", "0", "--host", "192.0.2.1"], &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("192.0.2.1 はこのパソコンのアドレスではありません"), "{}", ran.err);
}

#[test]
fn who_opens_it_to_others_is_warned() {
    let place = folder(&[]);
    let mut server = Server::start(place.path(), &["--host", "0.0.0.0", "--lang", "en"]);
    let port = server.address.port();
    assert_eq!(server.ask("GET /", &[("Host", &format!("192.0.2.7:{port}"))]).status, 200);
    assert_eq!(server.ask("GET /", &[("Host", &format!("rebound.example:{port}"))]).status, 421);
    let _ = server.child.kill();
    let mut err = String::new();
    server.err.take().expect("an output").read_to_string(&mut err).expect("UTF-8");
    assert!(err.contains("can be reached from other machines") && err.contains("Nothing is encrypted"), "{err}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_although_a_page_is_open() {
    let place = folder(&[]);
    let mut server = Server::start(place.path(), &[]);
    server.page();
    let mut events = Events::open(&server);
    events.next();
    let id = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("it runs").success());
    let begun = Instant::now();
    let status = loop {
        match server.child.try_wait().expect("a process") {
            Some(status) => break status,
            None => assert!(begun.elapsed() < LONG, "it goes on"),
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert_eq!(status.code(), Some(0));
    let mut out = String::new();
    server.out.read_to_string(&mut out).expect("UTF-8");
    assert!(out.contains("終わりました。"), "{out}");
}
