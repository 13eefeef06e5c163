package io.disassembler.explorer.http;

import io.disassembler.explorer.http.Server.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The page: a few files that are part of the program. No other file is ever served from there. */
public final class Page {
  static final List<String> FILES =
      List.of(
          "index.html",
          "page.css",
          "main.js",
          "api.js",
          "state.js",
          "categories.js",
          "numbers.js",
          "downloads.js",
          "tried.js",
          "arrange.js",
          "network.js",
          "layer.js",
          "channel.js",
          "pictures.js",
          "masks.js",
          "enlarge.js",
          "colors.js",
          "dom.js",
          "icon.svg");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, byte[]> contents = new HashMap<>();

  Page() {
    for (String file : FILES) {
      try (InputStream in = Page.class.getResourceAsStream("page/" + file)) {
        if (in == null) {
          throw new IllegalStateException("not part of the program: " + file);
        }
        contents.put(file, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.GET, "/", ctx -> send(ctx, "index.html")),
        new Route(HandlerType.GET, "/page/{file}", ctx -> send(ctx, ctx.pathParam("file"))));
  }

  private void send(Context ctx, String file) {
    byte[] content = contents.get(file);
    if (content == null) {
      throw new NotFoundResponse("the page has no such part");
    }
    ctx.contentType(TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "text/plain"));
    ctx.result(content);
  }
}
