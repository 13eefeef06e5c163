package io.disassembler.explorer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.disassembler.base.Json;
import io.disassembler.explorer.work.Task;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What requests carry, and how they are answered. */
final class Messages {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

  /** How long a question for news is kept waiting. */
  private static final long PATIENCE_MS = 15_000;

  private static final JsonMapper REQUESTS = JsonMapper.builder().build();

  private Messages() {}

  /** The JSON that a request carries. */
  static JsonNode json(Context ctx) throws IOException {
    return REQUESTS.readTree(body(ctx));
  }

  /** The session that a request's JSON names. */
  static String session(JsonNode body) {
    return session(body.path("session").asText(""));
  }

  private static String session(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new BadRequestResponse("session: expected up to 64 letters, digits and hyphens");
    }
    return name;
  }

  static int number(String text, String what) {
    if (!text.matches("\\d{1,9}")) {
      throw new BadRequestResponse(what + ": expected a number");
    }
    return Integer.parseInt(text);
  }

  /** What a request carries, which may break off, or come in chunks that are none. */
  static byte[] body(Context ctx) {
    try {
      return ctx.bodyAsBytes();
    } catch (HttpResponseException e) {
      throw e;
    } catch (Exception e) { // Kotlin does not declare the server's IOException
      LOG.debug("a request broke off", e);
      throw new BadRequestResponse("the request breaks off, or is not what its headers say");
    }
  }

  static void leave(Context ctx, Consumer<String> leaving) {
    leaving.accept(session(Optional.ofNullable(ctx.queryParam("session")).orElse("")));
    ctx.status(HttpStatus.NO_CONTENT);
  }

  /** A task that was begun, or had been. */
  static <R> void begun(Context ctx, Task<R> task, Function<R, ?> form) {
    ctx.status(HttpStatus.ACCEPTED);
    send(ctx, Answers.Progress.of(task, task.progress(), form));
  }

  /** How far a task is, as soon as that is more than the client has seen. */
  static <R> void news(Context ctx, Task<R> task, Function<R, ?> form) {
    String seen = ctx.queryParam("seen");
    int version = seen == null ? -1 : number(seen, "seen");
    ctx.future(
        () ->
            task.after(version)
                .completeOnTimeout(task.progress(), PATIENCE_MS, TimeUnit.MILLISECONDS)
                .thenAccept(progress -> send(ctx, Answers.Progress.of(task, progress, form))));
  }

  /** Answers in JSON. */
  static void send(Context ctx, Object answer) {
    ctx.contentType("application/json")
        .result(Json.compact(answer).getBytes(StandardCharsets.UTF_8));
  }
}
