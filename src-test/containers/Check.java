import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Asks a deployed sample over HTTP and fails when it answers otherwise than it should. */
public final class Check {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(LIMIT)
          .build();
  private final String base;
  private int passed;
  private int failed;

  private Check(String base) {
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  /**
   * Runs the checks of one sample.
   *
   * @param args the sample's name, and the URL it is deployed at
   */
  public static void main(String[] args) throws Exception {
    Check check = new Check(args[1]);
    switch (args[0]) {
      case "hello" -> check.hello();
      case "explorer" -> check.explorer();
      default -> throw new IllegalArgumentException("unknown sample: " + args[0]);
    }
    System.out.printf(
        "  %-8s at %-30s %d passed, %d failed%n", args[0], args[1], check.passed, check.failed);
    if (check.failed > 0) {
      System.exit(1);
    }
  }

  private void hello() throws Exception {
    HttpResponse<String> front = get("/");
    is("front page: status", 200, front.statusCode());
    is("front page: type", "text/plain;charset=utf-8", type(front));
    is("front page: body", "Hello, world!\n", front.body());
    is("a name is decoded", "Hello, å <b>!\n", get("/?name=%C3%A5+%3Cb%3E").body());
    HttpResponse<String> head = send(request("/").method("HEAD", BodyPublishers.noBody()));
    is("HEAD: status", 200, head.statusCode());
    is("HEAD: body", "", head.body());
    is(
        "any method",
        200,
        send(request("/").method("PROPFIND", BodyPublishers.noBody())).statusCode());
    for (String path : new String[] {"/no/such", "/index.html", "/a%20b"}) {
      HttpResponse<String> missing = get(path);
      is(path + ": status", 404, missing.statusCode());
      is(path + ": body, which is not the container's", "", missing.body());
    }
    contextRoot();
  }

  private void explorer() throws Exception {
    HttpResponse<String> page =
        send(request("/").header("X-Hostile", "<script>alert(1)</script> & \"'").GET());
    is("page: status", 200, page.statusCode());
    is("page: type", "text/html;charset=utf-8", type(page));
    has("page", page.body(), "<h1>It works</h1>", "HttpRequestFeature", "HttpServletFeature");
    has("page escapes", page.body(), "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&#39;");
    is("page has no foreign script", false, page.body().contains("<script>"));
    has("page links to its own", page.body(), "href=\"" + path() + "/style.css\"");
    is("page: not stored", "no-store", page.headers().firstValue("Cache-Control").orElse(""));
    is("style: type", "text/css;charset=utf-8", type(get("/style.css")));
    contextRoot();
    tryOut();
    forms();
    fail();
    slow();
    live();
  }

  /** The mount point itself, without a final slash, is the application's or leads there. */
  private void contextRoot() throws Exception {
    if (!path().isEmpty()) {
      int status = get("").statusCode();
      is("mount point: status " + status, true, status == 200 || status / 100 == 3);
    }
  }

  private void tryOut() throws Exception {
    has("path", get("/look/a%20b/%C3%A5").body(), "&quot;/a b/å&quot;", path() + "/look&quot;");
    has("query", get("/look?q=%3Ci%3E&q=2").body(), "?q=%3Ci%3E&amp;q=2", "&lt;i&gt;");
    HttpResponse<String> redirect = get("/goto?path=x+y");
    is("redirect: status", 302, redirect.statusCode());
    is("redirect", path() + "/look/x%20y", redirect.headers().firstValue("Location").orElse(""));
    HttpResponse<String> header = get("/headers?name=Header&value=some+value");
    is("header", "some value", header.headers().firstValue("X-Try-Header").orElse(""));
    HttpResponse<String> refused = get("/headers?name=Header&value=a%0D%0AX-Split:+1");
    is("header with a line break: status", 400, refused.statusCode());
    is("header with a line break", true, refused.headers().firstValue("X-Split").isEmpty());
    is("unknown path: status", 404, get("/no/such").statusCode());
    has("unknown path", get("/no/such").body(), "<h1>Nothing here</h1>");
  }

  private void forms() throws Exception {
    HttpResponse<String> urlencoded =
        send(
            request("/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("text=Gr%C3%BC%C3%9Fe+%26+more&text=%3Cb%3E")));
    is("urlencoded: status", 200, urlencoded.statusCode());
    has("urlencoded", urlencoded.body(), "Grüße &amp; more", "&lt;b&gt;");
    String multipart =
        """
        --b
        Content-Disposition: form-data; name="text"

        Grüße
        --b
        Content-Disposition: form-data; name="file"; filename="a.txt"
        Content-Type: text/plain

        abc
        --b--
        """
            .replace("\n", "\r\n");
    HttpResponse<String> parts =
        send(
            request("/form")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(multipart)));
    is("multipart: status", 200, parts.statusCode());
    String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    has("multipart", parts.body(), "Grüße", "a.txt", sha256);
    is("no form: status", 415, get("/form").statusCode());
  }

  private void fail() throws Exception {
    String early = raw("/fail/early");
    is("failure: status", true, early.startsWith("HTTP/1.1 500"));
    is("failure: an empty answer", "", early.substring(early.indexOf("\r\n\r\n") + 4));
    has("failure: its length", early.toLowerCase(Locale.ROOT), "content-length: 0\r\n");
    String late = raw("/fail/late");
    is("broken off: status", true, late.startsWith("HTTP/1.1 200"));
    has("broken off: the first bytes came", late, "first bytes of an answer");
    has("broken off: chunked", late.toLowerCase(Locale.ROOT), "transfer-encoding: chunked\r\n");
    is("broken off: no end of the message", false, late.endsWith("0\r\n\r\n"));
    is("broken off: no text of the error", false, late.contains("IllegalState"));
    is("alive after it", 200, get("/").statusCode());
  }

  private void slow() throws Exception {
    boolean comesAhead = false;
    for (int attempt = 0; attempt < 5 && !comesAhead; attempt++) { // a busy machine may be late
      comesAhead = headComesAhead();
    }
    is("slow: its head comes before the rest", true, comesAhead);
  }

  /** Whether there was a head at least a second before the end, which takes two. */
  private boolean headComesAhead() throws Exception {
    long began = System.nanoTime();
    HttpResponse<InputStream> slow =
        client.send(request("/slow?seconds=2").GET().build(), BodyHandlers.ofInputStream());
    long head = System.nanoTime();
    is("slow: status", 200, slow.statusCode());
    String page = new String(slow.body().readAllBytes(), StandardCharsets.UTF_8);
    long end = System.nanoTime();
    has("slow", page, "second 1", "second 2", "</html>");
    is("slow: took its time", true, end - began > Duration.ofSeconds(2).toNanos());
    return end - head > Duration.ofSeconds(1).toNanos();
  }

  private void live() throws Exception {
    HttpResponse<InputStream> clock =
        client.send(request("/clock").GET().build(), BodyHandlers.ofInputStream());
    is("clock: type", "text/event-stream", type(clock));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(clock.body(), StandardCharsets.UTF_8))) {
      has("clock: first event", lines.readLine(), "\"event\":\"1\"");
      has("clock: its end", "[" + lines.readLine() + "]", "[]");
      has("clock: async by the second", lines.readLine(), "\"servlet async\":\"started\"");
    }
    String text = "abc".repeat(100_000);
    HttpResponse<String> upload =
        send(
            request("/upload")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(text)));
    has("upload", upload.body(), "\"bytes\":\"300000\"", sha256(text.getBytes(StandardCharsets.UTF_8)));
    HttpResponse<byte[]> download =
        client.send(request("/download").GET().build(), BodyHandlers.ofByteArray());
    has("download", get("/download/facts").body(), sha256(download.body()));
    echo();
  }

  /** A server without WebSockets says so; one that has them sends back what it gets. */
  private void echo() throws Exception {
    has("echo: a plain request", get("/echo").body(), "<h1>No WebSocket</h1>");
    CompletableFuture<String> reply = new CompletableFuture<>();
    try {
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(LIMIT)
              .buildAsync(URI.create(base.replaceFirst("http", "ws") + "/echo"), listener(reply))
              .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      socket.sendText("abc", true);
      String text = reply.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      has("echo", text, "\"echo\":\"abc\"", "\"message\":\"1\"");
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      int status = e.getCause() instanceof WebSocketHandshakeException refusal
          ? refusal.getResponse().statusCode() : 0;
      is("echo: refused for want of WebSockets", 501, status);
    }
  }

  private static WebSocket.Listener listener(CompletableFuture<String> reply) {
    return new WebSocket.Listener() {
      @Override
      public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        reply.complete(data.toString());
        return null;
      }
    };
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(base + target)).timeout(LIMIT);
  }

  private HttpResponse<String> get(String target) throws Exception {
    return send(request(target).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Sends a GET on a connection that stays open, and reads until its answer or the server ends. */
  private String raw(String target) throws IOException {
    URI uri = URI.create(base + target);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      String head =
          "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        for (int b; !isComplete(answer) && (b = socket.getInputStream().read()) >= 0; ) {
          answer.write(b);
        }
      } catch (java.net.SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        // a reset is one way to break off
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static boolean isComplete(ByteArrayOutputStream answer) {
    String text = answer.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    return text.endsWith("\r\n\r\n") && text.contains("content-length: 0\r\n")
        || text.endsWith("\r\n0\r\n\r\n");
  }

  private String path() {
    return URI.create(base).getRawPath();
  }

  private static String type(HttpResponse<?> response) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    return type.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private void has(String what, String text, String... parts) {
    for (String part : parts) {
      report(what + ": " + part.strip(), text.contains(part), "not in:\n" + text);
    }
  }

  private void is(String what, Object expected, Object actual) {
    report(what, expected.equals(actual), "expected " + expected + ", but was " + actual);
  }

  private void report(String what, boolean good, String otherwise) {
    if (good) {
      passed++;
    } else {
      failed++;
      System.out.println("  FAILED " + what + ": " + otherwise);
    }
  }
}
