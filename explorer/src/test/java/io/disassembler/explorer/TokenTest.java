package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.disassembler.explorer.Http.Answer;
import java.net.URI;
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

      Answer entered = http.get("/?token=" + token);
      String cookie = entered.header("Set-Cookie");
      assertThat(entered.status()).isEqualTo(302);
      assertThat(entered.header("Location")).endsWith("/").doesNotContain(token);
      assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
      String kept = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
      assertThat(http.get("/", kept).status()).isEqualTo(200);
      assertThat(http.get("/api/network", kept).status()).isEqualTo(200);

      assertThat(http.get("/", kept, "Host: evil.example").status()).isEqualTo(421);
      assertThat(http.get("/", kept, "Host: 192.168.1.7:" + url.getPort()).status()).isEqualTo(200);
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
