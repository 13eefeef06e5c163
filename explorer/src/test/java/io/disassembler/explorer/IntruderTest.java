package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.disassembler.explorer.Http.Answer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not work. */
class IntruderTest {
  private static Explorer explorer = Explorers.start();
  private static Http http = new Http(URI.create(explorer.url()).getPort());

  @BeforeAll
  static void serves() {
    assertThat(http.get("/").status()).isEqualTo(200);
    assertThat(http.get("/api/network").status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    explorer.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/../../../../../../etc/passwd",
        "/page/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/page/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/page/..\\..\\etc\\passwd",
        "/page//etc/passwd",
        "/page/%00/etc/passwd",
        "/../../etc/passwd",
        "/page/openapi.json",
        "/page/",
        "/api/pictures/..%2f..%2fstreet.onnx",
        "/api/pictures/../../street.onnx",
        "/api/pictures/%2fetc%2fpasswd",
        "/api/cuts/..%2f..%2fetc/network.onnx",
        "/api/cuts/../network.onnx",
        "/api/cuts/..%2f..%2fetc/report.html",
        "/api/channels/..%2fx",
        "/WEB-INF/web.xml"
      })
  void noPathLeadsToOtherFiles(String path) {
    Answer answer = http.get(path);

    assertThat(answer.status()).isIn(400, 404);
    assertThat(answer.text()).doesNotContain("root:");
    assertThat(answer.text().length()).isLessThan(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.0.1",
        "localhost@evil.example",
        ""
      })
  void aNameThatWasMadeToPointHereIsRefused(String host) {
    Answer answer = http.get("/api/network", "Host: " + host);

    assertThat(answer.status()).isIn(400, 421);
    assertThat(answer.text()).doesNotContain("categories");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "LOCALHOST:9999"})
  void thisMachineHasSeveralNames(String host) {
    assertThat(http.get("/api/network", "Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://localhost", "http://localhost:1"})
  void pagesOfOtherOriginsAreRefused(String origin) {
    String cut = "{\"session\":\"s\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":50}";

    Answer answer = http.post("/api/cuts", cut, "Origin: " + origin);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.error()).contains("other origins");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(http.send("OPTIONS", "/api/cuts", new byte[0], "Origin: " + origin).status())
        .isEqualTo(403);
  }

  @Test
  void theOwnPageIsNot() {
    String origin = "Origin: http://localhost:" + http.port();
    assertThat(http.get("/api/network", origin, "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void otherSitesMayLinkToThePageButNotEmbedAnything() {
    String[] cross = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"};
    assertThat(http.get("/api/network", cross).status()).isEqualTo(403);
    assertThat(http.get("/page/main.js", cross).status()).isEqualTo(403);

    String[] link = {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"};
    assertThat(http.get("/", link).status()).isEqualTo(200);
    assertThat(http.get("/api/network", link).status()).isEqualTo(403);
  }

  @Test
  void thePageMayDoLittleElse() {
    Answer page = http.get("/");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void largeUploadsAreRefused() {
    byte[] large = new byte[3_000_000];

    Answer answer = http.post("/api/pictures", large);

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.error()).contains("larger than");
    String json = "{\"session\":\"" + "x".repeat(2_000_000) + "\"}";
    assertThat(http.post("/api/cuts", json).status()).isEqualTo(413);
  }

  @Test
  void whatIsAnnouncedTooLargeIsNotWaitedFor() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(15), // the server's own patience is longer
        () -> {
          String answer = http.raw(post("/api/pictures", "Content-Length: 99999999999") + "x");

          assertThat(answer).startsWith("HTTP/1.1 413").contains("larger than");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZZ\r\nabc\r\n0\r\n\r\n", "-5\r\n", "FFFFFFFFFFFFFFFFF\r\nx"})
  void brokenChunksAreTheClientsFault(String chunks) {
    String answer = http.raw(post("/api/pictures", "Transfer-Encoding: chunked") + chunks);

    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void aClientThatHangsUpIsNoNews() throws Exception {
    PrintStream usual = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      http.hangUp(post("/api/pictures", "Content-Length: 1000") + "only the beginning");
      // Whatever it would say, it has said before the next answer.
      assertThat(http.get("/api/network").status()).isEqualTo(200);
    } finally {
      System.setErr(usual);
    }
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private static String post(String path, String header) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(path, header);
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    byte[] whole = png(40, 30);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
    byte[] html = "<!doctype html><script>1</script>".getBytes(StandardCharsets.UTF_8);
    for (byte[] body : new byte[][] {{}, {1, 2, 3}, half, svg, html, new byte[100_000]}) {
      Answer answer = http.post("/api/pictures?name=thing.png", body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).startsWith("thing.png: expected a JPEG, PNG");
    }
    assertThat(http.post("/api/pictures", whole).status()).isEqualTo(201);
  }

  @Test
  void imagesThatWouldFillTheMemoryAreRefusedUndecoded() throws IOException {
    byte[] bomb = png(40, 30);
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 50_000);
    CRC32 check = new CRC32();
    check.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) check.getValue());

    Answer answer = http.post("/api/pictures?name=bomb.png", bomb);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).contains("50000 x 60000 pixels (height x width) are more than");
    assertThat(http.post("/api/pictures", png(2100, 2000)).error()).contains("are more than");
    assertThat(http.post("/api/pictures", png(1900, 2000)).status()).isEqualTo(201);
  }

  @Test
  void namesOfUploadsAreOnlyShown() throws IOException {
    String name = "..%2F..%2Fetc%2Fx%3Cscript%3E%0A.png";

    Answer answer = http.post("/api/pictures?name=" + name, png(33, 21));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().path("name").asText()).isEqualTo(".._.._etc_x_script__.png");
    assertThat(answer.json().path("id").asText()).matches("[0-9a-f]{16}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"session\":\"s\",\"categories\":[],\"measure\":\"macs\",\"percent\":50}",
        "{\"session\":\"s\",\"categories\":[\"bus\"],\"measure\":\"macs\",\"percent\":50}",
        "{\"session\":\"s\",\"categories\":[\"car\"],\"measure\":\"flops\",\"percent\":50}",
        "{\"session\":\"s\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":0}",
        "{\"session\":\"s\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":101}",
        "{\"session\":\"../s\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":50}",
        "{\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":50}"
      })
  void malformedRequestsAreRefusedInWords(String body) {
    Answer answer = http.post("/api/cuts", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isNotBlank().doesNotContain("Exception");
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(http.get("/api/cuts/cut-0000000000000000").error()).contains("not kept");
    assertThat(http.get("/api/cuts/cut-0000000000000000/report.html").error()).contains("not kept");
    assertThat(http.get("/api/pictures/0000000000000000").error()).contains("no such picture");
    assertThat(http.get("/api/layers/99/attribution").error()).contains("expected 0 to");
    assertThat(http.get("/api/nothing").error()).isEqualTo("there is nothing here");
    assertThat(http.get("/api/cuts/x?seen=" + "9".repeat(99)).status()).isEqualTo(404);
  }

  static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
