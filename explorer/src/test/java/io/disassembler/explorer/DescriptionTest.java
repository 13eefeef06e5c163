package io.disassembler.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The interface is what its description says. */
class DescriptionTest {
  private static final Explorer EXPLORER = Explorers.start();
  private static final Http HTTP = new Http(URI.create(EXPLORER.url()).getPort());

  @AfterAll
  static void stop() {
    EXPLORER.close();
  }

  private static JsonNode description() {
    return HTTP.get("/api/openapi.json").json();
  }

  @Test
  void everyRouteIsDescribedAndTheReverse() {
    List<String> described = new ArrayList<>();
    description()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    List<String> served =
        EXPLORER.server().unsafe.internalRouter.allHttpHandlers().stream()
            .map(handler -> handler.endpoint)
            .filter(endpoint -> !endpoint.method.equals(HandlerType.BEFORE))
            .map(endpoint -> endpoint.method + " " + endpoint.path)
            .toList();

    assertThat(served).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void answersHaveWhatTheDescriptionRequires() {
    requireAll("Network", HTTP.get("/api/network").json());
    requireAll("Layer", HTTP.get("/api/network").json().path("layers").path(0));
    requireAll("Attribution", HTTP.get("/api/layers/0/attribution").json());
    requireAll("Picture", HTTP.get("/api/pictures").json().path("pictures").path(0));
    requireAll("Error", HTTP.get("/api/nothing").json());
    JsonNode cut =
        HTTP.finished(
            "cuts",
            "{\"session\":\"d\",\"categories\":[\"car\"],\"measure\":\"macs\",\"percent\":60}");
    requireAll("Task", cut);
    requireAll("Cut", cut.path("result"));
    String picture = HTTP.get("/api/pictures").json().path("pictures").path(0).path("id").asText();
    String masks = "/api/cuts/" + cut.path("id").asText() + "/masks/" + picture;
    requireAll("Masks", HTTP.get(masks).json());
    JsonNode channel = HTTP.finished("channels", "{\"session\":\"d\",\"layer\":1,\"kernel\":3}");
    requireAll("Task", channel);
    requireAll("Channel", channel.path("result"));
  }

  private static void requireAll(String schema, JsonNode answer) {
    List<String> required = new ArrayList<>();
    description()
        .path("components")
        .path("schemas")
        .path(schema)
        .path("required")
        .forEach(name -> required.add(name.asText()));
    List<String> found = new ArrayList<>();
    answer.fieldNames().forEachRemaining(found::add);
    assertThat(required).as(schema).isNotEmpty();
    if (schema.equals("Task")) {
      assertThat(found).as(schema).containsAll(required);
    } else {
      assertThat(found).as(schema).containsExactlyInAnyOrderElementsOf(required);
    }
  }
}
