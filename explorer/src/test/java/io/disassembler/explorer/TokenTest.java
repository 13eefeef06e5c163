package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.explorer.Http.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void beyondThisMachineATokenIsAskedFor() {
    try (Explorer explorer = Explorers.start("0.0.0.0")) {
      URI url = URI.create(explorer.url());
      String token = url.getQuery().replace("token=", "");
      Http http = new Http(url.getPort());
      assertThat(token).matches("[0-9a-f]{32}");

      assertThat(http.get("/api/network").status()).isEqualTo(401);
      assertThat(http.get("/api/network").error()).contains("asks for a token");
      assertThat(http.get("/").status()).isEqualTo(401);
      assertThat(http.get("/page/main.js").status()).isEqualTo(401);
      assertThat(http.get("/?token=" + "0".repeat(32)).status()).isEqualTo(401);
      assertThat(http.get("/api/network?token=" + token).status()).isEqualTo(401);
      assertThat(http.get("/api/network", "Authorization: Bearer no").status()).isEqualTo(401);
      assertThat(http.get("/api/network", "Authorization: Bearer " + token).status())
          .isEqualTo(200);
      assertThat(http.get("/api/network", "Authorization: " + token).status()).isEqualTo(401);
      assertThat(http.get("/api/network", "Authorization: Basic " + token).status()).isEqualTo(401);
      Answer posted = http.post("/?token=" + token, "");
      assertThat(posted.status()).isEqualTo(401);
      assertThat(posted.header("Set-Cookie")).isEmpty();

      Answer entered = http.get("/?token=" + token);
      String cookie = entered.header("Set-Cookie");
      assertThat(entered.status()).isEqualTo(302);
      assertThat(entered.header("Location")).endsWith("/").doesNotContain(token);
      assertThat(cookie).contains("HttpOnly").contains("SameSite=Lax");
      String kept = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
      assertThat(http.get("/", kept).status()).isEqualTo(200);
      assertThat(http.get("/api/network", kept).status()).isEqualTo(200);

      assertThat(http.get("/", kept, "Host: evil.example").status()).isEqualTo(421);
      assertThat(http.get("/", kept, "Host: 192.168.1.7:" + url.getPort()).status()).isEqualTo(200);
    }
  }

  @Test
  void theAddressThatIsPrintedIsTakenWhateverThisMachineIsCalled() throws Exception {
    try (Explorer explorer = Explorers.start("127.0.0.2")) {
      URI url = URI.create(explorer.url());

      int status =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding())
              .statusCode();

      assertThat(url.getHost()).isEqualTo("127.0.0.2");
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  void onThisMachineThereIsNone() {
    try (Explorer explorer = Explorers.start("127.0.0.1")) {
      assertThat(explorer.url()).matches("http://127\\.0\\.0\\.1:\\d+/");
      assertThat(new Http(URI.create(explorer.url()).getPort()).get("/").status()).isEqualTo(200);
    }
  }
}
