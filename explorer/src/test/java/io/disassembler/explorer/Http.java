package io.disassembler.explorer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Requests byte for byte as they are written, which well-behaved clients would not send.
 *
 * @param port of an explorer on this machine
 */
record Http(int port) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What came back. */
  record Answer(int status, String head, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** What went wrong, in words. */
    String error() {
      return json().path("error").asText();
    }

    String header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  Answer post(String path, String json, String... headers) {
    return send("POST", path, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer post(String path, byte[] body) {
    return send("POST", path, body);
  }

  /** What comes back for {@code request}, whatever that is. */
  String raw(String request) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(answer);
      } catch (IOException e) {
        // It may hang up on what it refuses.
      }
      return answer.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends {@code request} and is gone. */
  void hangUp(String request) {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoLinger(true, 0);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
    if (Arrays.stream(headers).noneMatch(header -> header.startsWith("Host:"))) {
      lines.add("Host: localhost:" + port);
    }
    lines.addAll(List.of(headers));
    lines.add("Connection: close");
    lines.add("Content-Length: " + body.length);
    lines.add("\r\n");
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
      try {
        socket.getOutputStream().write(body);
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // It need not read to the end what it refuses.
      }
      return answer(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }

  private static Answer answer(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head = text.substring(0, end);
    byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
    boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
    return new Answer(
        Integer.parseInt(head.split(" ", 3)[1]), head, chunked ? unchunked(body) : body);
  }

  private static byte[] unchunked(byte[] body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < body.length; ) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line), 16);
      if (size == 0) {
        break;
      }
      whole.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
    return whole.toByteArray();
  }

  /** Waits until a task is over. */
  JsonNode finished(String kind, String body) {
    JsonNode task = post("/api/" + kind, body).json();
    while (List.of("waiting", "running").contains(task.path("state").asText())) {
      task =
          get("/api/%s/%s?seen=%d"
                  .formatted(kind, task.path("id").asText(), task.path("version").asInt()))
              .json();
    }
    return task;
  }
}
